using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Admin;

/// <summary>One row of the error log: gemini-balance's fields, and ours.</summary>
/// <param name="Id">The row's number.</param>
/// <param name="GeminiKey">The key's first and last characters; its id when it has left the pool.</param>
/// <param name="ErrorType">How the attempt ended, such as <c>key_rejected</c>.</param>
/// <param name="ErrorCode">The upstream's status; null when it gave none.</param>
/// <param name="ModelName">The model.</param>
/// <param name="RequestTime">When the attempt ended.</param>
/// <param name="KeyId">The key's public id.</param>
/// <param name="Face">As in <see cref="RequestView"/>.</param>
/// <param name="ClientId">Whose call it was.</param>
/// <param name="Attempt">Which attempt of its call, from one.</param>
/// <param name="IsStream">Whether the client asked for a stream.</param>
/// <param name="LatencyMs">From sending to the failure.</param>
/// <param name="Detail">Status and reason, such as <c>403 CONSUMER_SUSPENDED</c>.</param>
/// <param name="ErrorLog">What the upstream said, redacted.</param>
/// <param name="RequestMsg">The beginning of what was sent, redacted; null unless <c>ERROR_LOG_RECORD_REQUEST_BODY</c> asked for it, and in lists.</param>
internal sealed record ErrorView(
    long Id,
    string GeminiKey,
    string ErrorType,
    int? ErrorCode,
    string ModelName,
    DateTimeOffset RequestTime,
    string KeyId,
    string Face,
    string ClientId,
    int Attempt,
    bool IsStream,
    int LatencyMs,
    string? Detail,
    string? ErrorLog,
    string? RequestMsg)
{
    public static ErrorView Of(CallLogRow<LoggedError> row, string? masked)
    {
        var (attempt, detail, message, body) = row.Value;
        return new(
            row.Id,
            masked ?? attempt.KeyId.Value,
            CallNames.NameOf(attempt.Outcome),
            attempt.Status,
            attempt.Model,
            attempt.Time,
            attempt.KeyId.Value,
            CallNames.NameOf(attempt.Face),
            attempt.ClientId,
            attempt.Number,
            attempt.IsStream,
            attempt.LatencyMs,
            detail,
            message,
            body);
    }
}
