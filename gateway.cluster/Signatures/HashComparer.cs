namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>Compares hashes by their bytes.</summary>
internal sealed class HashComparer : IEqualityComparer<byte[]>
{
    public static HashComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    // Bytes of a hash are as good as random.
    public int GetHashCode(byte[] obj) => BitConverter.ToInt32(obj);
}
