namespace GeminiBalance.Gateway.CallLog;

/// <summary>A row as it was written, and the number that the store gave it.</summary>
internal sealed record CallLogRow<T>(long Id, T Value);
