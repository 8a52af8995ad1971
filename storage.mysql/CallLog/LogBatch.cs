namespace GeminiBalance.Storage.MySql;

/// <summary>What is written in one transaction, or was written before: of each writer, numbers only grow.</summary>
public sealed record LogBatch(
    string Writer, long Number, IReadOnlyList<LogRow> Requests, IReadOnlyList<LogRow> Errors, IReadOnlyList<CountRow> Minutes, IReadOnlyList<CountRow> Hours);
