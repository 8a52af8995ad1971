using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The lines of one batch input file: each a request in OpenAI's terms, to one or several in Gemini's.</summary>
/// <param name="open">Finds what translates requests of an endpoint: that of the first line, which all others share.</param>
internal sealed class BatchRequestTranslator(Func<BatchEndpoint, IBatchRequests> open)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private IBatchRequests? requests;
    private BatchEndpoint? endpoint;
    private string? model;
    private string? upstreamModel;
    private int count;

    /// <summary>What has been learned of the file; nothing before its first line.</summary>
    public OpenAINote Note => new() { Model = model, UpstreamModel = upstreamModel, Endpoint = endpoint?.Path, Lines = ids.Count, Requests = count, Heads = requests?.Heads };

    /// <summary>Whether a line is meant as a request of a batch, whatever else is wrong with it.</summary>
    public static bool LooksLikeOne(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("custom_id"u8, out _)
                && document.RootElement.TryGetProperty("body"u8, out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>Lines of Gemini's input file.</returns>
    /// <exception cref="TranslationException">The request cannot be part of a batch.</exception>
    public async ValueTask<byte[]> TranslateAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var (id, body) = Read(line);
        var translated = await requests!.TranslateAsync(id, body, cancellationToken);
        model ??= translated.Model;
        upstreamModel ??= translated.UpstreamModel;
        if (translated.UpstreamModel != upstreamModel)
        {
            throw new TranslationException($"is for the model '{translated.Model}', the lines before for '{model}'. One batch uses one model: make a file for each.");
        }

        count += translated.Requests.Count;
        return count > Limits.BatchRequestsMax
            ? throw new TranslationException($"is one too many: a batch has at most {Limits.BatchRequestsMax} requests, and of embeddings as many texts.")
            : Lines(translated.Requests);
    }

    private static byte[] Lines(IReadOnlyList<(string Key, byte[] Request)> requests)
    {
        using var output = new MemoryStream();
        foreach (var (key, request) in requests)
        {
            using (var writer = new Utf8JsonWriter(output))
            {
                writer.WriteStartObject();
                writer.WriteString("key"u8, key);
                writer.WritePropertyName("request"u8);
                writer.WriteRawValue(request, skipInputValidation: true);
                writer.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }

        return output.ToArray();
    }

    private (string Id, byte[] Body) Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = Parse(line);
            return Read(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            throw new TranslationException("is not valid Unicode text.");
        }
    }

    private (string Id, byte[] Body) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || OpenAIJson.Text(root, "custom_id") is not { Length: > 0 } id || !root.TryGetProperty("body"u8, out var body))
        {
            throw new TranslationException("must be an object with custom_id, method, url and body.");
        }

        Choose(OpenAIJson.Text(root, "url"));
        if (id.Length > Limits.BatchIdCharsMax)
        {
            throw new TranslationException($"has a custom_id of more than {Limits.BatchIdCharsMax} characters.");
        }

        if (ids.Count == Limits.BatchRequestsMax)
        {
            throw new TranslationException($"is one too many: a batch has at most {Limits.BatchRequestsMax} requests.");
        }

        return ids.Add(id) ? (id, Encoding.UTF8.GetBytes(body.GetRawText())) : throw new TranslationException($"has the custom_id '{id}' of a line before.");
    }

    // A line that does not say what it is for is for what the others are, and a chat by itself.
    private void Choose(string? url)
    {
        var asked = url is null ? endpoint ?? BatchEndpoint.Chat
            : BatchEndpoint.Find(url) ?? throw new TranslationException($"is for {url}. Batches are possible for {BatchEndpoint.Known}.");
        endpoint ??= asked;
        requests ??= open(endpoint);
        if (asked != endpoint)
        {
            throw new TranslationException($"is for {asked.Path}, the lines before for {endpoint.Path}. One batch asks for one: make a file for each.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line, Options);
        }
        catch (JsonException)
        {
            throw new TranslationException("is not JSON.");
        }
    }
}
