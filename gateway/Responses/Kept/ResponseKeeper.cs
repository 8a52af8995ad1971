using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Keeps responses and finds them again, and puts together the conversations they are parts of.</summary>
internal sealed partial class ResponseKeeper(IResponseStore store, ISettingsSource settings, TimeProvider time, ILogger<ResponseKeeper> logger)
{
    private static readonly ClientError Unreadable = new(
        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "server_error", "storage_unavailable", "Stored responses cannot be reached at the moment. Try again.");

    /// <summary>Whether a response to this request is going to be kept.</summary>
    public bool Keeps(ResponsesRequest request) => request.Store && settings.Current.Responses.Age > TimeSpan.Zero && store is not NoResponseStore;

    /// <returns>False when the response is too large, or the storage failed: the client is told by <c>store</c>.</returns>
    public async ValueTask<bool> TryKeepAsync(string client, ResponsesAnswerContext context, Conversation conversation, ResponsesAnswer answer)
    {
        if (KeptBody.Of(context, conversation, answer) is not { } body)
        {
            return false;
        }

        var current = settings.Current.Responses;
        var kept = new KeptResponse(context.ResponseId, client, time.GetUtcNow(), body);
        using var timeOut = new CancellationTokenSource(Limits.KeepResponseTimeOut, time);
        try
        {
            return await store.WriteAsync(kept, conversation.Used, new ResponseBounds(current.Count, current.Bytes), timeOut.Token);
        }
#pragma warning disable CA1031 // The answer is there whatever became of its copy.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotKept(logger, failure);
            return false;
        }
    }

    /// <summary>The record of a response of this client.</summary>
    /// <returns>Null when there is none (any more).</returns>
    public async ValueTask<ResponseRecord?> FindAsync(string client, string id, CancellationToken cancellationToken) =>
        (await ReadAsync(client, [id], cancellationToken)).GetValueOrDefault(id);

    public ValueTask<bool> DeleteAsync(string client, string id, CancellationToken cancellationToken) => GuardAsync(() => store.DeleteAsync(client, id, cancellationToken));

    /// <summary>Puts together what a request goes on with.</summary>
    /// <exception cref="ClientErrorException">It names what is not kept here, or too much of it.</exception>
    public async ValueTask<Conversation> LoadAsync(string client, ResponsesRequest request, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, ResponseRecord>(StringComparer.Ordinal);
        List<string> ancestors = [];
        if (request.PreviousResponseId is { } previous)
        {
            await AddAsync(client, [previous], known, cancellationToken);
            var last = known.GetValueOrDefault(previous) ?? throw PreviousNotFound(previous);
            if (last.IsRunning)
            {
                throw Refuse($"Previous response with id '{previous}' is still being made. Wait until it is complete.", "previous_response_id", "previous_response_not_complete");
            }

            ancestors = [.. last.Ancestors, previous];
            if (ancestors.Count > Limits.ResponseAncestorsMax)
            {
                throw Refuse($"The conversation has more than {Limits.ResponseAncestorsMax} responses; begin a new one.", "previous_response_id", null);
            }

            await AddAsync(client, last.Ancestors, known, cancellationToken);
        }

        List<InputItem> items = [];
        foreach (var id in ancestors)
        {
            var record = known.GetValueOrDefault(id) ?? throw PreviousNotFound(id);
            items.AddRange([.. record.Input, .. record.Output]);
        }

        items.AddRange(request.Input);
        await AddAsync(client, [.. items.Where(item => item.Kind is InputItemKind.Reference).Select(item => ResponseIds.ResponseOf(item.Id!)).OfType<string>()], known, cancellationToken);
        var used = known.Where(record => !record.Value.IsRunning).Select(record => record.Key).ToList();
        return new Conversation([.. items.Select(item => item.Kind is InputItemKind.Reference ? Resolve(item, known) : item)], ancestors, used);
    }

    private static InputItem Resolve(InputItem reference, Dictionary<string, ResponseRecord> known) =>
        ResponseIds.ResponseOf(reference.Id!) is { } id && known.TryGetValue(id, out var record)
        && record.Output.Concat(record.Input).FirstOrDefault(item => item.Id == reference.Id && item.Kind is not InputItemKind.Reference) is { } found
            ? found
            : throw new ClientErrorException(new ClientError(
                StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", null,
                $"Item with id '{reference.Id}' not found. Items are found while their response is stored; send the item itself otherwise (store: false).", "input"));

    private static ClientErrorException PreviousNotFound(string id) => Refuse(
        $"Previous response with id '{id}' not found. It was not stored, has expired, was deleted or belongs to another token.", "previous_response_id", "previous_response_not_found");

    private static ClientErrorException Refuse(string message, string param, string? code) => new(ClientError.InvalidRequest(message, param, code));

    private async ValueTask AddAsync(string client, IReadOnlyCollection<string> ids, Dictionary<string, ResponseRecord> known, CancellationToken cancellationToken)
    {
        string[] missing = [.. ids.Where(id => !known.ContainsKey(id) && ResponseIds.IsResponse(id)).Distinct(StringComparer.Ordinal)];
        if (missing.Length > 1 && await GuardAsync(() => store.SizeAsync(client, missing, cancellationToken)) > Limits.RequestBodyBytesMax)
        {
            throw Refuse($"The conversation is larger than {Limits.RequestBodyBytesMax / (1024 * 1024)} MB; begin a new one.", "previous_response_id", null);
        }

        foreach (var (id, record) in await ReadAsync(client, missing, cancellationToken))
        {
            known[id] = record;
        }
    }

    private async ValueTask<Dictionary<string, ResponseRecord>> ReadAsync(string client, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        string[] valid = [.. ids.Where(ResponseIds.IsResponse)];
        if (valid.Length == 0)
        {
            return [];
        }

        var since = time.GetUtcNow() - settings.Current.Responses.Age;
        return await GuardAsync(async () => (await store.ReadAsync(client, valid, cancellationToken)).Where(response => response.UsedAt >= since)
            .ToDictionary(response => response.Id, response => KeptBody.Read(response, time.GetUtcNow()), StringComparer.Ordinal));
    }

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Unreadable(logger, failure);
            throw new ClientErrorException(Unreadable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResponseNotKept, LogLevel.Error, "A response could not be stored; its client was told store: false. Check the database")]
        public static partial void NotKept(ILogger logger, Exception failure);

        [LoggerMessage(EventIds.ResponsesUnreadable, LogLevel.Error, "Stored responses could not be read or deleted. Check the database")]
        public static partial void Unreadable(ILogger logger, Exception failure);
    }
}
