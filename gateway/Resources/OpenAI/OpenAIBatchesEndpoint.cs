using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Resources;

/// <summary>OpenAI's <c>/batches</c> over the upstream's: files of requests in, files of answers out.</summary>
internal sealed class OpenAIBatchesEndpoint(OpenAIBatches batches, OpenAIResources resources, OpenAINotes notes, ResourceListEndpoint lists, ISettingsSource settings)
{
    private const int PageDefault = 20;

    public void Map(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapFace(Face.OpenAI, prefix + "/batches", get: ListAsync, post: CreateAsync);
        routes.MapFace(Face.OpenAI, prefix + "/batches/{id}", get: GetAsync);
        routes.MapFace(Face.OpenAI, prefix + "/batches/{id}/cancel", post: CancelAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var request = BatchRequest.Read(body.Written);
        var (_, input) = await resources.FindFileAsync(context, request.InputFileId);
        if (await notes.FindAsync(input, context.RequestAborted) is not { Purpose: OpenAIFileObject.Batch, UpstreamModel: not null } note)
        {
            throw new ClientErrorException(ClientError.InvalidRequest(
                $"{request.InputFileId} is no input of a batch: upload it to this gateway's /v1/files with the purpose 'batch'.", "input_file_id"));
        }

        if ((note.Endpoint ?? BatchEndpoint.Chat.Path) is var asked && asked != request.Endpoint.Path)
        {
            throw new ClientErrorException(ClientError.InvalidRequest($"The requests in {request.InputFileId} are for {asked}, not for {request.Endpoint.Path}.", "endpoint", "mismatched_endpoint"));
        }

        if (await batches.CreateAsync(context, input, note, request.Metadata) is { } made)
        {
            using (made.Batch)
            {
                await OpenAIJson.WriteAsync(context, json => OpenAIBatchObject.Write(json, made.Batch.RootElement, made.Resource, made.Note));
            }
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        var (about, note) = await FindAsync(context);
        await AnswerAsync(context, about, note);
    }

    private async Task CancelAsync(HttpContext context)
    {
        var (about, note) = await FindAsync(context);
        if (await batches.CancelAsync(context, about))
        {
            await AnswerAsync(context, about, note);
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var size = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0
            ? Math.Min(asked, ResourceCollection.PageMax)
            : PageDefault;
        var access = ResourceAccess.Of(ClientIdentity.Of(context), settings.Current);
        var after = query["after"].ToString() is { Length: > 0 } last ? (await resources.FindBatchAsync(context, last)).Resource : null;
        var rows = await notes.ListBatchesAsync(access, after, size + 1, context.RequestAborted);
        var page = new JsonDocument?[Math.Min(size, rows.Count)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.ResourceRefreshesAtOnce, CancellationToken = context.RequestAborted };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, page.Length), options, async (i, cancellationToken) =>
            {
                if (await lists.ShowAsync(rows[i].Batch, cancellationToken) is { } json)
                {
                    page[i] = JsonDocument.Parse(json);
                    await batches.NoteOutputAsync(page[i]!.RootElement, rows[i].Batch, rows[i].Note);
                }
            });
            var shown = Enumerable.Range(0, page.Length).Where(i => page[i] is not null).ToList();
            await OpenAIJson.WriteAsync(context, json => OpenAIJson.WriteList(
                json, [.. shown.Select(i => OpenAIFileId.Of(rows[i].Batch.Name))], rows.Count > size,
                i => OpenAIBatchObject.Write(json, page[shown[i]]!.RootElement, rows[shown[i]].Batch, rows[shown[i]].Note)));
        }
        finally
        {
            Array.ForEach(page, batch => batch?.Dispose());
        }
    }

    private async Task AnswerAsync(HttpContext context, (ResourceName Name, OwnedResource Resource) about, OpenAINote note)
    {
        using var batch = await batches.ReadAsync(context, about, note);
        if (batch is not null)
        {
            await OpenAIJson.WriteAsync(context, json => OpenAIBatchObject.Write(json, batch.RootElement, about.Resource, note));
        }
    }

    private async ValueTask<((ResourceName Name, OwnedResource Resource) About, OpenAINote Note)> FindAsync(HttpContext context)
    {
        var id = context.GetRouteValue("id") as string;
        var about = await resources.FindBatchAsync(context, id);
        return (about, await notes.FindAsync(about.Resource, context.RequestAborted) ?? throw new ClientErrorException(ResourceErrors.NoSuch(ResourceCollection.Batches, id ?? "")));
    }
}
