using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Lists a client's resources, wherever they are: from the ledger, newest first, asking the upstream only for what was still changing.</summary>
internal sealed class ResourceListEndpoint(ResourceExchange exchange, ResourceLedger ledger, ISettingsSource settings)
{
    public async Task HandleAsync(HttpContext context, ResourceName name)
    {
        var collection = ResourceCollection.Of(name.Collection);
        var query = context.Request.Query;
        ResourcePosition? after = null;
        if (query["pageToken"].ToString() is { Length: > 0 } token && (after = ResourcePosition.Parse(token)) is null)
        {
            throw new ClientErrorException(ResourceErrors.BadPageToken());
        }

        var size = int.TryParse(query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0
            ? Math.Min(asked, ResourceCollection.PageMax)
            : collection.PageDefault;
        var access = ResourceAccess.Of(ClientIdentity.Of(context), settings.Current);
        var (rows, next) = await ReadPageAsync(collection.Name, access, after, size, context.RequestAborted);

        context.Response.ContentType = "application/json; charset=UTF-8";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            Write(json, collection, rows, next);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A page of resources as the upstream describes them now.</summary>
    /// <returns>Those that are still there, in order, and where the next page begins.</returns>
    public async ValueTask<(IReadOnlyList<ReadOnlyMemory<byte>> Rows, ResourcePosition? Next)> ReadPageAsync(
        string collection, ResourceAccess access, ResourcePosition? after, int size, CancellationToken client)
    {
        var rows = await ledger.ListAsync(collection, access, after, size + 1, client);
        var page = rows.Take(size).ToList();
        var shown = new ReadOnlyMemory<byte>?[page.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.ResourceRefreshesAtOnce, CancellationToken = client };
        await Parallel.ForEachAsync(Enumerable.Range(0, page.Count), options, async (i, cancellationToken) => shown[i] = await ShowAsync(page[i], cancellationToken));
        return ([.. shown.OfType<ReadOnlyMemory<byte>>()], rows.Count > size ? ResourcePosition.Of(page[^1]) : null);
    }

    /// <summary>A resource as the upstream describes it now; null when it has been deleted there.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ShowAsync(OwnedResource resource, CancellationToken client) =>
        resource is { IsSettled: true, Json: { } json } ? json : await RefreshAsync(resource, client);

    private static void Write(Utf8JsonWriter json, ResourceCollection collection, IReadOnlyList<ReadOnlyMemory<byte>> rows, ResourcePosition? next)
    {
        // As the upstream: an empty list has no members at all.
        json.WriteStartObject();
        if (rows.Count > 0)
        {
            json.WriteStartArray(collection.ListMember);
            foreach (var row in rows)
            {
                json.WriteRawValue(row.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
        }

        if (next is not null)
        {
            json.WriteString("nextPageToken", next.ToString());
        }

        json.WriteEndObject();
    }

    // Null when the upstream has deleted it.
    private async ValueTask<ReadOnlyMemory<byte>?> RefreshAsync(OwnedResource resource, CancellationToken client)
    {
        if (!ResourceName.TryParse(resource.Name, out var name))
        {
            return null;
        }

        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var call = ResourceCalls.Of(settings.Current, HttpMethod.Get, name, query: null, resource.ClientId, resource.KeyId);
        var result = await exchange.RunAsync(call, receiver, (name, resource), client);
        return result.Failure is null ? receiver.Body.ToArray()
            : ResourceExchange.IsGone(result.Failure) ? null
            : resource.Json ?? JsonSerializer.SerializeToUtf8Bytes(new ResourceStub(resource.Name), ResourceJson.Default.ResourceStub);
    }
}
