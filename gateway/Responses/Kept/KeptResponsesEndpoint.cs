using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Stored responses by their id, for the access token that made them.</summary>
internal sealed class KeptResponsesEndpoint(ResponseKeeper keeper, BackgroundRows rows, BackgroundRuns runs)
{
    private const int PageDefault = 20;

    /// <summary>GET <c>responses/{id}</c></summary>
    public async Task GetAsync(HttpContext context)
    {
        var (_, record) = await FindAsync(context);
        if (context.Request.Query["stream"] == "true")
        {
            throw new ClientErrorException(ClientError.InvalidRequest("Stored responses are not streamed: ask without stream, and, while the status is in_progress, again.", "stream", "unsupported_parameter"));
        }

        await AnswerAsync(context, record);
    }

    /// <summary>DELETE <c>responses/{id}</c></summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var id = IdOf(context);
        if (!ResponseIds.IsResponse(id) || !await keeper.DeleteAsync(ClientIdentity.Of(context).ClientId, id, context.RequestAborted))
        {
            throw NotFound(id);
        }

        runs.GiveUp(ClientIdentity.Of(context).ClientId, id);
        await WriteAsync(context, writer =>
        {
            writer.WriteString("id"u8, id);
            writer.WriteString("object"u8, "response"u8);
            writer.WriteBoolean("deleted"u8, true);
        });
    }

    /// <summary>GET <c>responses/{id}/input_items</c></summary>
    public async Task ListInputAsync(HttpContext context)
    {
        var (_, record) = await FindAsync(context);
        var query = context.Request.Query;
        var limit = PageDefault;
        if (query["limit"] is { Count: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > Limits.InputItemPageMax))
        {
            throw new ClientErrorException(ClientError.InvalidRequest($"limit must be 1 to {Limits.InputItemPageMax}.", "limit"));
        }

        var items = query["order"] == "asc" ? record.Input : [.. record.Input.Reverse()];
        var after = query["after"].ToString();
        var page = items.SkipWhile(item => after.Length > 0 && item.Id != after).Skip(after.Length > 0 ? 1 : 0).Take(limit + 1).ToList();
        await WriteAsync(context, writer => WritePage(writer, [.. page.Take(limit)], page.Count > limit));
    }

    /// <summary>POST <c>responses/{id}/cancel</c></summary>
    public async Task CancelAsync(HttpContext context)
    {
        var (id, record) = await FindAsync(context);
        var client = ClientIdentity.Of(context).ClientId;
        if (record.IsRunning)
        {
            record = await rows.CancelAsync(client, id) ?? throw NotFound(id);
            runs.GiveUp(client, id);
        }

        if (record.Status != "cancelled")
        {
            throw new ClientErrorException(ClientError.InvalidRequest(
                $"Response '{id}' is {record.Status}; only background responses that are in progress can be cancelled. To stop a stream, close its connection."));
        }

        await AnswerAsync(context, record);
    }

    private static async Task AnswerAsync(HttpContext context, ResponseRecord record)
    {
        context.Response.ContentType = "application/json";
        await context.Response.BodyWriter.WriteAsync(record.Response.Utf8, context.RequestAborted);
    }

    private static string IdOf(HttpContext context) => (string)context.GetRouteValue("id")!;

    private static ClientErrorException NotFound(string id) => new(new ClientError(
        StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", null, $"Response with id '{id}' not found."));

    private static void WritePage(Utf8JsonWriter writer, List<InputItem> items, bool hasMore)
    {
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var item in items)
        {
            item.WriteTo(writer, item.Id ?? "");
        }

        writer.WriteEndArray();
        writer.WriteString("first_id"u8, items.FirstOrDefault()?.Id);
        writer.WriteString("last_id"u8, items.LastOrDefault()?.Id);
        writer.WriteBoolean("has_more"u8, hasMore);
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task<(string Id, ResponseRecord Record)> FindAsync(HttpContext context)
    {
        var id = IdOf(context);
        return (id, await keeper.FindAsync(ClientIdentity.Of(context).ClientId, id, context.RequestAborted) ?? throw NotFound(id));
    }
}
