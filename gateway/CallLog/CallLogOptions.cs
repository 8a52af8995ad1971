namespace GeminiBalance.Gateway.CallLog;

/// <summary>The bounds of the call log.</summary>
internal sealed record CallLogOptions
{
    public int QueueRowsMax { get; init; } = Limits.CallLogQueueRowsMax;

    public int BatchRowsMax { get; init; } = Limits.CallLogBatchRowsMax;

    /// <summary>Bodies that wait with the rows, in bytes.</summary>
    public int FaultBytesMax { get; init; } = Limits.CallLogFaultBytesMax;

    /// <summary>Counters that rows leave behind that found the queue full.</summary>
    public int CellsMax { get; init; } = Limits.CallTallyCellsMax;
}
