using System.Text;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>A request as bytes, with nothing in between that could correct it.</summary>
/// <param name="Dialect">In which shape errors are due.</param>
/// <param name="Kind">What is odd about it, for people.</param>
internal sealed record BadRequest(Dialect Dialect, string Kind, string Verb, string Target, IReadOnlyList<string> Headers, byte[] Body)
{
    private const int ShownCharsMax = 600;

    /// <summary>Whether the server may refuse it before there is a request to route, with an empty body.</summary>
    public bool IsBelowHttp { get; init; }

    /// <summary>Whether path, verb or headers are odd, by which a route of another face can be meant.</summary>
    public bool MayChangeFace => Kind is "path" or "verb" or "header";

    /// <summary>Bytes that the length announces and that never come.</summary>
    public int Missing { get; init; }

    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Verb} {Target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (var header in Headers)
        {
            head.Append(header).Append("\r\n");
        }

        head.Append($"Content-Length: {Body.Length + Missing}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. Body];
    }

    public override string ToString()
    {
        var text = $"[{Kind}] {Verb} {Target} {string.Join(" | ", Headers)} {Encoding.UTF8.GetString(Body)}";
        return text.Length <= ShownCharsMax ? text : $"{text[..ShownCharsMax]}… ({text.Length} characters)";
    }
}
