namespace GeminiBalance.TestKit;

/// <summary>How often a claim store was called, and for how many rows.</summary>
public sealed class ClaimStoreCounts
{
    private readonly int[] calls = new int[Enum.GetValues<ClaimStoreCall>().Length];
    private readonly int[] rows = new int[Enum.GetValues<ClaimStoreCall>().Length];

    public int Calls(ClaimStoreCall call) => Volatile.Read(ref calls[(int)call]);

    public int Rows(ClaimStoreCall call) => Volatile.Read(ref rows[(int)call]);

    internal void Add(ClaimStoreCall call, int count)
    {
        Interlocked.Increment(ref calls[(int)call]);
        Interlocked.Add(ref rows[(int)call], count);
    }
}
