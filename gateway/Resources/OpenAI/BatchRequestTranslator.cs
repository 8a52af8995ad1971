using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The lines of one batch input file: each a request in OpenAI's terms, to one in Gemini's.</summary>
internal sealed class BatchRequestTranslator(GatewaySettings settings, ModelNames names, RequestMedia media, IThoughtSignatures signatures)
{
    public const string Endpoint = "/v1/chat/completions";
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>The model of the lines in the client's spelling; null before the first.</summary>
    public string? Model { get; private set; }

    public string? UpstreamModel { get; private set; }

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

    /// <returns>A line of Gemini's input file, without its end.</returns>
    /// <exception cref="TranslationException">The request cannot be part of a batch.</exception>
    public async ValueTask<byte[]> TranslateAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var (id, body) = Read(line);
        var request = OpenAIRequestReader.ReadChat(body);
        var model = names.Parse(request.Model, settings);
        Model ??= request.Model;
        UpstreamModel ??= model.Model;
        if (model.Model != UpstreamModel)
        {
            throw new TranslationException($"is for the model '{request.Model}', the lines before for '{Model}'. One batch uses one model: make a file for each.");
        }

        var options = ChatDefaults.Translation(model, settings) with { Media = await media.FetchAsync(request, cancellationToken), Signatures = signatures };
        var translated = ChatRequestTranslator.Translate(request, options);
        if (translated.ToolNames.Count > 0 || translated.CustomTools.Count > 0 || request.UsesLegacyFunctions || translated.Calls > 1)
        {
            throw new TranslationException(
                "asks for what needs the request again when its answer comes: custom tools, 'functions', tools whose names Gemini does not take, or several calls.");
        }

        var json = translated.ToUtf8Bytes();
        if (NamedResources.Find(json) is [var named, ..])
        {
            throw new TranslationException($"names {named.Root}. Requests of a batch cannot name files; send the data in the request.");
        }

        return Line(id, json);
    }

    private static byte[] Line(string id, byte[] request)
    {
        using var output = new MemoryStream(request.Length + id.Length + 32);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, id);
            writer.WritePropertyName("request"u8);
            writer.WriteRawValue(request, skipInputValidation: true);
            writer.WriteEndObject();
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
        if (root.ValueKind != JsonValueKind.Object || Text(root, "custom_id") is not { Length: > 0 } id || !root.TryGetProperty("body"u8, out var body))
        {
            throw new TranslationException("must be an object with custom_id, method, url and body.");
        }

        if (Text(root, "url") is { } url && url != Endpoint)
        {
            throw new TranslationException($"is for {url}. Batches are possible for {Endpoint} only.");
        }

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

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
