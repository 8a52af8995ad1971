namespace GeminiBalance.Gateway.Admin;

/// <param name="Logs">The rows of the page, the newest first.</param>
/// <param name="Total">How many rows match, counted up to <see cref="Limits.LogRowsCountedMax"/>.</param>
internal sealed record LogAnswer<T>(IReadOnlyList<T> Logs, int Total);
