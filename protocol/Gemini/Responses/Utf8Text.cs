using System.Text;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Text as it travels: unescaped UTF-8. Goes from one JSON to another without becoming a string. The default is empty text.</summary>
[JsonConverter(typeof(Utf8TextConverter))]
public readonly struct Utf8Text(ReadOnlyMemory<byte> bytes) : IEquatable<Utf8Text>
{
    public ReadOnlyMemory<byte> Memory { get; } = bytes;

    public ReadOnlySpan<byte> Span => Memory.Span;

    public bool IsEmpty => Memory.IsEmpty;

    public static bool operator ==(Utf8Text left, Utf8Text right) => left.Equals(right);

    public static bool operator !=(Utf8Text left, Utf8Text right) => !left.Equals(right);

    public bool Equals(Utf8Text other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Utf8Text other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
