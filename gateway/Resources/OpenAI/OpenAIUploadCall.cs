using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAIToGemini;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Sends the file of a form upstream, in one request, as it comes; the input of a batch is translated on the way.</summary>
internal sealed class OpenAIUploadCall(ResourceCreation creation, BatchDialects dialects, AnswerIds ids, ISettingsSource settings)
{
    private const string BatchType = "application/jsonl";
    private static readonly ResourceName Files = new(ResourceCollection.Files, null, ResourceCollection.Files, null);

    /// <param name="context">The client's request.</param>
    /// <param name="section">The file.</param>
    /// <param name="fileName">The client's name of it.</param>
    /// <param name="purpose">What it is for, when the form has said so before the file.</param>
    /// <param name="receiver">Gets the upstream's description.</param>
    /// <exception cref="ClientErrorException">It is too large, or a line of a batch cannot be used.</exception>
    public async ValueTask<OpenAIUploadResult> RunAsync(HttpContext context, MultipartSection section, string fileName, string? purpose, BufferedReceiver receiver)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context).ClientId;
        var isLines = Path.GetExtension(fileName).Equals(".jsonl", StringComparison.OrdinalIgnoreCase);
        var translator = dialects.NewTranslator(current, client);
        bool? isBatch = purpose is not null ? purpose == OpenAIFileObject.Batch : isLines ? null : false;
        await using var content = new BatchInputStream(section.Body, translator, isBatch);
        var boundary = ids.Next();
        await using var head = new MemoryStream(Encoding.UTF8.GetBytes(Head(boundary, fileName, isBatch == false ? TypeOf(section.ContentType, fileName) : BatchType)));
        await using var tail = new MemoryStream(Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n"));
        await using var whole = new ChainedStream([head, content, tail]);
        var stream = new StreamedBody(whole, length: null, Limits.UploadBytesMax);
        var call = ResourceCalls.Of(current, HttpMethod.Post, Files, query: null, client, key: null) with
        {
            Address = UpstreamAddress.OfUpload(current.BaseUrl, ResourceCollection.Files, "?uploadType=multipart"),
            Stream = stream,
            ContentType = $"multipart/related; boundary={boundary}",
        };
        var result = await creation.RunAsync(call, receiver, context.RequestAborted);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        if (result.Failure is not null && (content.Problem ?? (stream.IsTooLong ? ResourceErrors.UploadTooLarge() : null)) is { } problem)
        {
            throw new ClientErrorException(problem);
        }

        var note = translator.Note with { FileName = fileName, Bytes = content.BytesRead };
        return new OpenAIUploadResult(result, note, name => ResourceCalls.Of(current, HttpMethod.Delete, name, query: null, client, result.KeyId));
    }

    private static string Head(string boundary, string fileName, string type)
    {
        var metadata = JsonSerializer.Serialize(new UploadedFile(new FileDescription(fileName)), ResourceJson.Default.UploadedFile);
        return $"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{metadata}\r\n--{boundary}\r\nContent-Type: {type}\r\n\r\n";
    }

    private static string TypeOf(string? declared, string fileName) =>
        declared is { Length: > 0 } && !declared.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) && MediaTypeHeaderValue.TryParse(declared, out var type)
            ? MimeTypes.Normalize(type.MediaType.AsSpan())
            : MimeTypes.OfFile(fileName) ?? "application/octet-stream";
}
