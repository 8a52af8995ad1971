namespace GeminiBalance.Gateway.Settings;

/// <summary>A secret text from the settings. It cannot be printed: logs, errors and pages see that it is there, not what it is.</summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly string value;

    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        this.value = value;
    }

    /// <summary>The secret in clear. Only to hash it, to derive a key from it, or to show it to the service it is for.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => string.GetHashCode(value, StringComparison.Ordinal);

    public override string ToString() => "Secret(hidden)";
}
