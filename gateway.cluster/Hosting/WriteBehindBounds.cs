namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>How much waits to be written, and how much goes in one statement.</summary>
/// <param name="WaitingMax">Rows that wait.</param>
/// <param name="WaitingBytesMax">Their bytes.</param>
/// <param name="BatchMax">Rows of one statement.</param>
/// <param name="BatchBytesMax">Bytes after which a statement takes no further row.</param>
internal sealed record WriteBehindBounds(int WaitingMax, long WaitingBytesMax, int BatchMax, int BatchBytesMax);
