using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Resources;

/// <summary>OpenAI's <c>/files</c> over the upstream's files: what is uploaded here can be named in chats and batches.</summary>
internal sealed class OpenAIFilesEndpoint(
    OpenAIUpload upload, ResourceExchange exchange, OpenAIResources resources, ResourceListEndpoint lists, OpenAINotes notes, DownloadEndpoint downloads,
    BatchDialects dialects, ISettingsSource settings)
{
    private const int PageDefault = 100;

    public void Map(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapFace(Face.OpenAI, prefix + "/files", get: ListAsync, post: upload.HandleAsync);
        routes.MapFace(Face.OpenAI, prefix + "/files/{id}", get: GetAsync, delete: DeleteAsync);
        routes.MapFace(Face.OpenAI, prefix + "/files/{id}/content", get: ContentAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var size = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0
            ? Math.Min(asked, ResourceCollection.PageMax)
            : PageDefault;
        var access = ResourceAccess.Of(ClientIdentity.Of(context), settings.Current);
        var after = query["after"].ToString() is { Length: > 0 } last ? ResourcePosition.Of((await resources.FindFileAsync(context, last)).Resource) : null;
        var (shown, hasMore) = await ReadAsync(access, after, size, query["purpose"].ToString(), context.RequestAborted);
        await OpenAIJson.WriteAsync(context, json => OpenAIJson.WriteList(
            json, [.. shown.Select(file => OpenAIFileId.Of(file.Name))], hasMore, i => OpenAIFileObject.Write(json, shown[i].Json, shown[i].Note)));
    }

    /// <summary>A page of files of a purpose, or of any. It is filled as far as there are some: a client takes an empty page for the end.</summary>
    private async ValueTask<(IReadOnlyList<(ReadOnlyMemory<byte> Json, string Name, OpenAINote? Note)> Shown, bool HasMore)> ReadAsync(
        ResourceAccess access, ResourcePosition? after, int size, string purpose, CancellationToken cancellationToken)
    {
        var shown = new List<(ReadOnlyMemory<byte> Json, string Name, OpenAINote? Note)>();
        while (true)
        {
            var (rows, next) = await lists.ReadPageAsync(ResourceCollection.Files, access, after, size, cancellationToken);
            var names = rows.Select(NameOf).ToList();
            var known = await notes.FindAsync(names, access, cancellationToken);
            shown.AddRange(rows.Zip(names, (json, name) => (json, name, known.GetValueOrDefault(name)))
                .Where(file => purpose.Length == 0 || OpenAIFileObject.PurposeOf(file.Item3) == purpose));
            if (shown.Count >= size || next is null)
            {
                return (shown.Take(size).ToList(), shown.Count > size || next is not null);
            }

            after = next;
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        var (about, note, isErrors) = await FindAsync(context);
        if (await AskAsync(context, HttpMethod.Get, about) is { } file)
        {
            await OpenAIJson.WriteAsync(context, json => OpenAIFileObject.Write(json, file, note, isErrors));
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var (about, note, isErrors) = await FindAsync(context);
        if (isErrors)
        {
            await notes.SaveAsync(about.Resource, note! with { AreErrorsDeleted = true }, CancellationToken.None);
        }
        else if (await AskAsync(context, HttpMethod.Delete, about) is not null)
        {
            await notes.RemoveAsync(about.Resource, CancellationToken.None);
        }
        else
        {
            return;
        }

        var id = OpenAIFileId.Of(about.Resource.Name);
        await OpenAIJson.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, isErrors ? OpenAIFileId.OfErrors(id) : id);
            json.WriteString("object"u8, "file"u8);
            json.WriteBoolean("deleted"u8, true);
            json.WriteEndObject();
        });
    }

    /// <summary>The bytes, which the upstream gives of files it has made itself, and of no others.</summary>
    private async Task ContentAsync(HttpContext context)
    {
        var ((name, resource), note, isErrors) = await FindAsync(context);
        if (note is { Purpose: not OpenAIFileObject.BatchOutput })
        {
            throw new ClientErrorException(ResourceErrors.NotDownloadable());
        }

        var part = isErrors ? BatchPart.Failures : note?.HasErrors is true ? BatchPart.Successes : BatchPart.All;
        using var answers = note is null ? null : dialects.NewAnswers(note, part, resource.CreatedAt, ClientIdentity.Of(context).ClientId);
        await downloads.RunAsync(
            context, Face.OpenAI, ResourceCalls.Of(settings.Current, HttpMethod.Get, name with { Method = "download" }, "?alt=media", ClientIdentity.Of(context).ClientId, resource.KeyId) with
            {
                ClientHeaders = answers is null ? context.Request.Headers : null,
            },
            answers);
    }

    /// <summary>The file of an id, and whether the id means the failures in it alone.</summary>
    private async ValueTask<((ResourceName Name, OwnedResource Resource) About, OpenAINote? Note, bool IsErrors)> FindAsync(HttpContext context)
    {
        var id = context.GetRouteValue("id") as string;
        var output = OpenAIFileId.OutputOfErrors(id);
        var about = await resources.FindFileAsync(context, output ?? id);
        var note = await notes.FindAsync(about.Resource, context.RequestAborted);
        return output is null || note is { HasErrors: true, AreErrorsDeleted: false }
            ? (about, note, output is not null)
            : throw new ClientErrorException(ResourceErrors.NoSuch(ResourceCollection.Files, id!));
    }

    private static string NameOf(ReadOnlyMemory<byte> file)
    {
        using var document = JsonDocument.Parse(file);
        return OpenAIJson.Text(document.RootElement, "name") ?? "";
    }

    // Null when the failure has been answered.
    private async ValueTask<ReadOnlyMemory<byte>?> AskAsync(HttpContext context, HttpMethod method, (ResourceName Name, OwnedResource Resource) about)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var call = ResourceCalls.Of(settings.Current, method, about.Name, query: null, ClientIdentity.Of(context).ClientId, about.Resource.KeyId);
        var result = await exchange.RunAsync(call, receiver, about, context.RequestAborted);
        if (result.Failure is null)
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            return receiver.Body.ToArray();
        }

        await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, call.Model);
        return null;
    }
}
