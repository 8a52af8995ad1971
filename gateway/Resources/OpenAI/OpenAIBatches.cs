using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The upstream's side of OpenAI's batches: each runs on the key of its input file.</summary>
internal sealed class OpenAIBatches(ResourceExchange exchange, OpenAINotes notes, ISettingsSource settings, TimeProvider time)
{
    /// <summary>Makes a batch.</summary>
    /// <returns>The batch; null when the failure has been answered.</returns>
    public async ValueTask<(JsonDocument Batch, OwnedResource Resource, OpenAINote Note)?> CreateAsync(
        HttpContext context, OwnedResource input, OpenAINote inputNote, IReadOnlyDictionary<string, string>? metadata)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context).ClientId;
        var call = ResourceCalls.Of(current, HttpMethod.Post, new ResourceName(ResourceCollection.Batches, null, ResourceCollection.Batches, null), query: null, client, input.KeyId) with
        {
            Address = UpstreamAddress.Of(current.BaseUrl, $"models/{inputNote.UpstreamModel}:{(BatchEndpoint.Find(inputNote.Endpoint) ?? BatchEndpoint.Chat).Method}"),
            Body = Encoding.UTF8.GetBytes(Body(input.Name, inputNote.FileName)),
            ContentType = "application/json",
        };
        if (await AskAsync(context, call, about: null) is not { } answer)
        {
            return null;
        }

        var (batch, key) = answer;
        if (!ResourceName.TryParse(OpenAIJson.Text(batch.RootElement, "name"), out var name) || name.Root is null)
        {
            throw new ClientErrorException(new ClientError(
                StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_interrupted", "The upstream's answer names no batch."));
        }

        var made = OpenAINotes.Made(name, key, client, time.GetUtcNow(), end: null);
        var note = inputNote with { FileName = null, Purpose = null, Bytes = null, InputFile = input.Name, Metadata = metadata };
        await notes.SaveAsync(made, note, CancellationToken.None);
        return (batch, made, note);
    }

    /// <summary>Asks how a batch goes.</summary>
    /// <returns>Null when the failure has been answered.</returns>
    public async ValueTask<JsonDocument?> ReadAsync(HttpContext context, (ResourceName Name, OwnedResource Resource) about, OpenAINote note)
    {
        var call = ResourceCalls.Of(settings.Current, HttpMethod.Get, about.Name, query: null, ClientIdentity.Of(context).ClientId, about.Resource.KeyId);
        if (await AskAsync(context, call, about) is not { } answer)
        {
            return null;
        }

        await notes.RenewAsync(about.Resource, note, time.GetUtcNow(), CancellationToken.None);
        await NoteOutputAsync(answer.Batch.RootElement, about.Resource, note);
        return answer.Batch;
    }

    /// <returns>False when the failure has been answered.</returns>
    public async ValueTask<bool> CancelAsync(HttpContext context, (ResourceName Name, OwnedResource Resource) about)
    {
        var name = about.Name with { Method = "cancel" };
        var call = ResourceCalls.Of(settings.Current, HttpMethod.Post, name, query: null, ClientIdentity.Of(context).ClientId, about.Resource.KeyId);
        return await AskAsync(context, call, (name, about.Resource)) is not null;
    }

    /// <summary>Writes down what the file of answers is, before the client hears of it.</summary>
    public async ValueTask NoteOutputAsync(JsonElement batch, OwnedResource resource, OpenAINote note)
    {
        if (OpenAIBatchObject.OutputOf(batch) is not { Root: { } file } output || (note.OutputFile == file && note.HasErrors == BatchCounts.Of(batch, note).Failed > 0))
        {
            return;
        }

        var made = OpenAINotes.Made(output, resource.KeyId, resource.ClientId, time.GetUtcNow(), end: null);
        var fileName = $"{OpenAIFileId.Of(resource.Name)}_output.jsonl";
        var ended = note with { HasErrors = BatchCounts.Of(batch, note).Failed > 0 };
        await notes.SaveAsync(made, ended with { FileName = fileName, Purpose = OpenAIFileObject.BatchOutput, InputFile = null, Metadata = null }, CancellationToken.None);
        await notes.SaveAsync(resource with { ExpiresAt = time.GetUtcNow() + ResourceCollection.Of(resource.Collection).Lifetime }, ended with { OutputFile = file }, CancellationToken.None);
    }

    private static string Body(string file, string? displayName)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartObject("batch"u8);
            json.WriteString("displayName"u8, displayName ?? file);
            json.WriteStartObject("inputConfig"u8);
            json.WriteString("fileName"u8, file);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async ValueTask<(JsonDocument Batch, KeyId Key)?> AskAsync(HttpContext context, UpstreamCall call, (ResourceName Name, OwnedResource Resource)? about)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await exchange.RunAsync(call, receiver, about, context.RequestAborted);
        if (result.Failure is null)
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            return (JsonDocument.Parse(receiver.Body.ToArray()), result.KeyId!.Value);
        }

        await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, call.Model);
        return null;
    }
}
