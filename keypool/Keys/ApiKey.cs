using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.KeyPool;

/// <summary>An upstream API key. It cannot be printed: people and logs see <see cref="Id"/> and <see cref="Masked"/>.</summary>
public sealed class ApiKey : IEquatable<ApiKey>
{
    private const int TailChars = 8;
    private const int ShownChars = 4;
    private readonly string value;

    public ApiKey(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        this.value = value;
        Id = new KeyId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 8)));
    }

    public KeyId Id { get; }

    /// <summary>The last eight characters, by which <c>KEY_RATE_LIMITS</c> names a key. Secret as the key itself: never printed.</summary>
    public ReadOnlySpan<char> Tail => value.AsSpan(Math.Max(0, value.Length - TailChars));

    /// <summary>At most the first and last four characters, for people: <c>AIza…9x2Q</c>.</summary>
    public string Masked => value.Length < 4 * ShownChars ? "…" : $"{value[..ShownChars]}…{value[^ShownChars..]}";

    /// <summary>The key in clear. Only for the credential header of an upstream call and for encrypted storage.</summary>
    public string Reveal() => value;

    public bool Equals(ApiKey? other) => other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => $"ApiKey({Id})";
}
