using GeminiBalance.Gateway.CallLog;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.CallLog;

/// <summary>Rows of the logs, as the gateway and as the database have them.</summary>
internal static class LogRows
{
    public static LogRow ToRow(LoggedAttempt attempt) => new()
    {
        Time = attempt.Time.UtcDateTime,
        KeyId = attempt.KeyId.Value,
        Model = attempt.Model,
        Face = (int)attempt.Face,
        ClientId = attempt.ClientId,
        Number = attempt.Number,
        IsStream = attempt.IsStream,
        Outcome = (int)attempt.Outcome,
        Status = attempt.Status,
        LatencyMs = attempt.LatencyMs,
        PromptTokens = attempt.PromptTokens,
        OutputTokens = attempt.OutputTokens,
    };

    public static LogRow ToRow(LoggedError error) => ToRow(error.Attempt) with { Detail = error.Detail, Message = error.Message, RequestBody = error.RequestBody };

    public static CountRow ToRow(CallCount count) => new(
        count.Cell.Start,
        count.Cell.KeyId,
        count.Cell.Model,
        (int)count.Cell.Outcome,
        count.Sums.Calls,
        count.Sums.PromptTokens,
        count.Sums.OutputTokens,
        count.Sums.LatencyMs);

    public static LogQuery ToQuery(CallLogFilter filter) => new()
    {
        From = filter.From?.UtcDateTime,
        Until = filter.Until?.UtcDateTime,
        KeyIds = filter.KeyIds,
        Model = filter.Model,
        ClientId = filter.ClientId,
        Outcomes = filter.Outcomes?.Select(outcome => (int)outcome).ToList(),
        Status = filter.Status,
        Text = filter.Text,
        IsOldestFirst = filter.IsOldestFirst,
        Limit = filter.Limit,
        Offset = filter.Offset,
        CountMax = Limits.LogRowsCountedMax,
    };

    public static CallLogRow<LoggedAttempt> ToAttempt(LogRow row) => new(row.Id, AttemptOf(row));

    public static CallLogRow<LoggedError> ToError(LogRow row) => new(row.Id, new LoggedError(AttemptOf(row), row.Detail, row.Message, row.RequestBody));

    private static LoggedAttempt AttemptOf(LogRow row) => new()
    {
        Time = new DateTimeOffset(DateTime.SpecifyKind(row.Time, DateTimeKind.Utc)),
        KeyId = new KeyId(row.KeyId),
        Model = row.Model,
        Face = (CallFace)row.Face,
        ClientId = row.ClientId,
        Number = row.Number,
        IsStream = row.IsStream,
        Outcome = (CallOutcomeKind)row.Outcome,
        Status = row.Status,
        LatencyMs = row.LatencyMs,
        PromptTokens = row.PromptTokens,
        OutputTokens = row.OutputTokens,
    };
}
