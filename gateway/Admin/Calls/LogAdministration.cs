using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The logs, for people.</summary>
internal sealed class LogAdministration(
    ICallLogReader reader, ICallLogStore store, IKeyNames names, CallLogQueue queue, CallLogWriter writer, CallLogOptions options, TimeProvider time)
{
    private static readonly TimeSpan LookupSpan = TimeSpan.FromSeconds(100);

    public Task StatusAsync(HttpContext context) => AdminAnswers.OkAsync(
        context,
        new LogStatusAnswer(queue.Count, options.QueueRowsMax, writer.Written, queue.Dropped, queue.Uncounted, writer.Failures, writer.FailingSince),
        AdminJson.Default.LogStatusAnswer);

    public async Task RequestsAsync(HttpContext context)
    {
        if (await FilterAsync(context) is not { } filter)
        {
            return;
        }

        var page = await reader.ListRequestsAsync(filter, context.RequestAborted);
        var masks = await MasksAsync(page.Rows.Select(row => row.Value.KeyId), context.RequestAborted);
        await AdminAnswers.OkAsync(
            context,
            new LogAnswer<RequestView>([.. page.Rows.Select(row => RequestView.Of(row, masks[row.Value.KeyId]))], page.Total),
            AdminJson.Default.LogAnswerRequestView);
    }

    public async Task ErrorsAsync(HttpContext context)
    {
        if (await FilterAsync(context) is not { } filter)
        {
            return;
        }

        var page = await reader.ListErrorsAsync(filter, context.RequestAborted);
        var masks = await MasksAsync(page.Rows.Select(row => row.Value.Attempt.KeyId), context.RequestAborted);
        await AdminAnswers.OkAsync(
            context,
            new LogAnswer<ErrorView>([.. page.Rows.Select(row => ErrorView.Of(row, masks[row.Value.Attempt.KeyId]))], page.Total),
            AdminJson.Default.LogAnswerErrorView);
    }

    public async Task ErrorAsync(HttpContext context) =>
        await AnswerAsync(context, IdOf(context) is { } id ? await reader.FindErrorAsync(id, context.RequestAborted) : null);

    /// <summary>As in gemini-balance: the error that fits a failed call best, by key, time and perhaps status.</summary>
    public async Task LookUpAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var key = LogQuery.First(query, "gemini_key", "key");
        if (key is null || !DateTimeOffset.TryParse(LogQuery.First(query, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            || !LogQuery.TryRead(query["window_seconds"], 1, 300, (int)LookupSpan.TotalSeconds, out var seconds))
        {
            await InvalidAsync(context, "Send gemini_key (an id, or a part of what is shown of a key), timestamp, and perhaps status_code and window_seconds (1 to 300).");
            return;
        }

        var filter = new CallLogFilter
        {
            KeyIds = [.. (await LogQuery.FindKeysAsync(key, names, context.RequestAborted)).Take(Limits.LogSearchKeysMax)],
            From = moment.AddSeconds(-seconds),
            Until = moment.AddSeconds(seconds),
            Limit = Limits.LogPageRowsMax,
        };
        var status = int.TryParse(LogQuery.First(query, "status_code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : (int?)null;
        var nearest = (await reader.ListErrorsAsync(filter, context.RequestAborted)).Rows
            .OrderBy(row => status is not null && row.Value.Attempt.Status != status)
            .ThenBy(row => (row.Value.Attempt.Time - moment).Duration())
            .FirstOrDefault();
        await AnswerAsync(context, nearest is null ? null : await reader.FindErrorAsync(nearest.Id, context.RequestAborted));
    }

    public async Task DeleteErrorsAsync(HttpContext context)
    {
        AdminBody.Bound(context);
        var body = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.ErrorIds, context.RequestAborted);
        if (body?.Ids is not { Count: > 0 and <= Limits.LogPageRowsMax } ids)
        {
            await InvalidAsync(context, $"Send {{\"ids\":[…]}} with 1 to {Limits.LogPageRowsMax} ids.");
            return;
        }

        await reader.DeleteErrorsAsync(ids, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task DeleteErrorAsync(HttpContext context)
    {
        if (IdOf(context) is not { } id || await reader.DeleteErrorsAsync([id], context.RequestAborted) == 0)
        {
            await UnknownAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Deletes what is there now, a bounded number of rows at a time.</summary>
    public async Task DeleteAllErrorsAsync(HttpContext context)
    {
        var before = time.GetUtcNow();
        while (await store.DeleteAsync(CallLogPart.Errors, before, Limits.CallLogDeletionRowsMax, context.RequestAborted) == Limits.CallLogDeletionRowsMax)
        {
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static long? IdOf(HttpContext context) =>
        long.TryParse((string)context.GetRouteValue("id")!, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static Task InvalidAsync(HttpContext context, string problem) =>
        AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_query", problem);

    private static Task UnknownAsync(HttpContext context) =>
        AdminAnswers.ErrorAsync(context, StatusCodes.Status404NotFound, "unknown_error", "There is no such error in the log.");

    private async Task AnswerAsync(HttpContext context, CallLogRow<LoggedError>? row)
    {
        if (row is null)
        {
            await UnknownAsync(context);
            return;
        }

        var masked = await names.MaskAsync(row.Value.Attempt.KeyId, context.RequestAborted);
        await AdminAnswers.OkAsync(context, ErrorView.Of(row, masked), AdminJson.Default.ErrorView);
    }

    private async ValueTask<CallLogFilter?> FilterAsync(HttpContext context)
    {
        var (filter, problem) = await LogQuery.ReadAsync(context.Request.Query, names, context.RequestAborted);
        if (problem is not null)
        {
            await InvalidAsync(context, problem);
        }

        return filter;
    }

    private async ValueTask<Dictionary<KeyId, string?>> MasksAsync(IEnumerable<KeyId> ids, CancellationToken cancellationToken)
    {
        var masks = new Dictionary<KeyId, string?>();
        foreach (var id in ids.Distinct())
        {
            masks[id] = await names.MaskAsync(id, cancellationToken);
        }

        return masks;
    }
}
