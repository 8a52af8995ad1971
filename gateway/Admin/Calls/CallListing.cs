using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>gemini-balance's lists of single calls and of keys with many errors. Bounded: it gives every call of a day in one answer.</summary>
internal sealed class CallListing(ICallLogReader reader, IKeyNames names, TimeProvider time)
{
    private const int StatusDefault = StatusCodes.Status429TooManyRequests;
    private static readonly TimeSpan AttentionSpan = TimeSpan.FromDays(1);

    /// <summary>The newest calls of a period, of all keys or of one.</summary>
    public async Task DetailsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var key = LogQuery.First(query, "key");
        if (CallPeriod.Find(LogQuery.First(query, "period") ?? "1h") is not { } period
            || !LogQuery.TryRead(query["limit"], 1, Limits.LogPageRowsMax, Limits.LogPageRowsMax, out var limit))
        {
            await InvalidAsync(context, $"period is one of {string.Join(", ", CallPeriod.All.Select(known => known.Name))}, limit a number from 1 to {Limits.LogPageRowsMax}.");
            return;
        }

        var page = await reader.ListRequestsAsync(
            new CallLogFilter
            {
                From = time.GetUtcNow() - period.Length,
                KeyIds = key is null ? null : [.. (await LogQuery.FindKeysAsync(key, names, context.RequestAborted)).Take(Limits.LogSearchKeysMax)],
                Limit = limit,
            },
            context.RequestAborted);
        var masks = new Dictionary<KeyId, string?>();
        foreach (var id in page.Rows.Select(row => row.Value.KeyId).Distinct())
        {
            masks[id] = await names.MaskAsync(id, context.RequestAborted);
        }

        await AdminAnswers.OkAsync(context, [.. page.Rows.Select(row => ViewOf(row.Value, masks[row.Value.KeyId]))], AdminJson.Default.IReadOnlyListCallView);
    }

    public async Task KeyDetailsAsync(HttpContext context)
    {
        if (LogQuery.First(context.Request.Query, "key") is null)
        {
            await InvalidAsync(context, "Send key: an id, or a part of what is shown of a key.");
            return;
        }

        await DetailsAsync(context);
    }

    /// <summary>Keys of the pool with most errors of one status in the last 24 hours.</summary>
    public async Task AttentionAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!LogQuery.TryRead(query["limit"], 1, Limits.LogPageRowsMax, 20, out var limit) || !LogQuery.TryRead(query["status_code"], 100, 599, StatusDefault, out var status))
        {
            await InvalidAsync(context, $"limit is a number from 1 to {Limits.LogPageRowsMax}, status_code one from 100 to 599.");
            return;
        }

        var views = new List<AttentionKeyView>();
        foreach (var (id, count) in await reader.CountErrorsByKeyAsync(status, time.GetUtcNow() - AttentionSpan, limit, context.RequestAborted))
        {
            if (await names.MaskAsync(new KeyId(id), context.RequestAborted) is { } masked)
            {
                views.Add(new AttentionKeyView(masked, id, count, status));
            }
        }

        await AdminAnswers.OkAsync(context, views, AdminJson.Default.IReadOnlyListAttentionKeyView);
    }

    private static CallView ViewOf(LoggedAttempt attempt, string? masked) => new(
        attempt.Time,
        masked,
        attempt.KeyId.Value,
        attempt.Model,
        attempt.Outcome == CallOutcomeKind.Succeeded ? "success" : CallNames.IsFailure(attempt.Outcome) ? "failure" : "cancelled",
        attempt.Status,
        attempt.LatencyMs);

    private static Task InvalidAsync(HttpContext context, string problem) =>
        AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_query", problem);
}
