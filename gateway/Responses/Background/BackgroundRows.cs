using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>The rows of responses that are being made. Each is written only as long as nobody else has written it since: whoever cancels, or gives up what is lost, wins.</summary>
internal sealed partial class BackgroundRows(IResponseStore store, ISettingsSource settings, TimeProvider time, ILogger<BackgroundRows> logger)
{
    private static readonly ClientError Unavailable = new(
        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "server_error", "storage_unavailable", "Background responses cannot be stored at the moment. Try again.");

    /// <summary>Writes a response that is going to be made.</summary>
    /// <exception cref="ClientErrorException">It cannot be kept, and so nobody could ask for it.</exception>
    public async ValueTask<KeptResponse> BeginAsync(ResponsesCall asked, ResponsesAnswerContext context, ResponsesAnswer answer)
    {
        var body = KeptBody.Of(context, asked.Conversation, answer) ?? throw new ClientErrorException(ClientError.InvalidRequest(
            $"The request is larger than the {Limits.KeptResponseBytesMax / (1024 * 1024)} MiB that a background response may have.", "input"));
        var current = settings.Current.Responses;
        var row = new KeptResponse(context.ResponseId, asked.Client, Now(), body);
        using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
        return await TryAsync(() => store.WriteAsync(row, asked.Conversation.Used, new ResponseBounds(current.Count, current.Bytes), timeOut.Token)) is true
            ? row
            : throw new ClientErrorException(Unavailable);
    }

    /// <summary>Says that a response is still being made.</summary>
    /// <returns>When that was said; null when it could not be.</returns>
    public async ValueTask<DateTimeOffset?> TrySignAsync(KeptResponse row)
    {
        var now = After(row.UsedAt);
        using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
        return await TryAsync(() => store.TryReplaceAsync(row, now, body: null, timeOut.Token)) is true ? now : null;
    }

    /// <summary>Whether somebody else has written a row since, or it is gone. False while the store does not answer.</summary>
    public async ValueTask<bool> IsTakenAsync(KeptResponse row)
    {
        using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
        return await TryAsync(async () => await store.ReadAsync(row.Owner, [row.Id], timeOut.Token) is not [{ UsedAt: var usedAt }] || usedAt != row.UsedAt) is true;
    }

    /// <summary>Writes how a response has ended, unless somebody else has.</summary>
    /// <returns>False while the store does not answer.</returns>
    public async ValueTask<bool> TryEndAsync(KeptResponse row, byte[] body)
    {
        using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
        return time.GetUtcNow() - row.UsedAt > BackgroundLimits.SignLifetime || await TryAsync(() => store.TryReplaceAsync(row, After(row.UsedAt), body, timeOut.Token)) is not null;
    }

    /// <summary>Cancels a response that is being made.</summary>
    /// <returns>The record as it is now; null when there is none.</returns>
    /// <exception cref="ClientErrorException">The store does not answer.</exception>
    public async ValueTask<ResponseRecord?> CancelAsync(string client, string id)
    {
        for (var attempt = 0; attempt < BackgroundLimits.CancelAttemptsMax; attempt++)
        {
            using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
            KeptResponse? row = null;
            if (await TryAsync(async () => (row = (await store.ReadAsync(client, [id], timeOut.Token)).SingleOrDefault()) is not null) is not { } isThere)
            {
                break;
            }

            if (!isThere || KeptBody.Read(row!, time.GetUtcNow()) is not { IsRunning: true } record)
            {
                return isThere ? KeptBody.Read(row!, time.GetUtcNow()) : null;
            }

            var body = record.Ended("cancelled", error: null);
            if (await TryAsync(() => store.TryReplaceAsync(row!, After(row!.UsedAt), body, timeOut.Token)) is true)
            {
                return ResponseRecord.Read(body);
            }
        }

        throw new ClientErrorException(Unavailable);
    }

    // As exact as every store keeps it, so that it can be compared.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private DateTimeOffset After(DateTimeOffset before) => Now() is var now && now > before ? now : before + TimeSpan.FromMilliseconds(1);

    // Null when the store does not answer.
    private async ValueTask<bool?> TryAsync(Func<ValueTask<bool>> work)
    {
        try
        {
            return await work();
        }
#pragma warning disable CA1031 // Whatever keeps the store from working, it is tried again, or the client is told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.StoreFailed(logger, failure);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.BackgroundStoreFailed, LogLevel.Error, "A background response could not be read or written. Check the database")]
        public static partial void StoreFailed(ILogger logger, Exception failure);
    }
}
