namespace GeminiBalance.KeyPool;

/// <summary>The public name of an API key: 16 lower-case hexadecimal digits of a hash of the key. Safe to log and to show.</summary>
public readonly record struct KeyId(string Value) : IComparable<KeyId>
{
    public int CompareTo(KeyId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
