using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Admin;

/// <summary>One row of the request log.</summary>
/// <param name="Id">The row's number.</param>
/// <param name="Time">When the attempt ended.</param>
/// <param name="KeyId">The key's public id.</param>
/// <param name="Key">Its first and last characters; null when it has left the pool.</param>
/// <param name="Model">The model whose quota was spent.</param>
/// <param name="Face">Where the call came from: <c>openai</c>, <c>gemini</c>, <c>openai_forward</c>, <c>models</c>, <c>probe</c>.</param>
/// <param name="ClientId">Whose call it was.</param>
/// <param name="Attempt">Which attempt of its call, from one.</param>
/// <param name="IsStream">Whether the client asked for a stream.</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>key_rate_limited</c>.</param>
/// <param name="Status">The upstream's status; null when it gave none.</param>
/// <param name="LatencyMs">From sending to the end of the answer.</param>
/// <param name="PromptTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens, thoughts included.</param>
internal sealed record RequestView(
    long Id,
    DateTimeOffset Time,
    string KeyId,
    string? Key,
    string Model,
    string Face,
    string ClientId,
    int Attempt,
    bool IsStream,
    string Outcome,
    int? Status,
    int LatencyMs,
    long? PromptTokens,
    long? OutputTokens)
{
    public static RequestView Of(CallLogRow<LoggedAttempt> row, string? masked) => new(
        row.Id,
        row.Value.Time,
        row.Value.KeyId.Value,
        masked,
        row.Value.Model,
        CallNames.NameOf(row.Value.Face),
        row.Value.ClientId,
        row.Value.Number,
        row.Value.IsStream,
        CallNames.NameOf(row.Value.Outcome),
        row.Value.Status,
        row.Value.LatencyMs,
        row.Value.PromptTokens,
        row.Value.OutputTokens);
}
