namespace GeminiBalance.Gateway.CallLog;

/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">How many rows match, counted up to <see cref="Limits.LogRowsCountedMax"/>.</param>
internal sealed record CallLogPage<T>(IReadOnlyList<CallLogRow<T>> Rows, int Total);
