using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The body of POST <c>batches</c> in OpenAI's dialect.</summary>
/// <param name="InputFileId">The file of requests.</param>
/// <param name="Endpoint">What they ask for.</param>
/// <param name="Metadata">The client's own pairs.</param>
internal sealed record BatchRequest(string InputFileId, BatchEndpoint Endpoint, IReadOnlyDictionary<string, string>? Metadata)
{
    private const int PairsMax = 16;
    private const int NameCharsMax = 64;
    private const int ValueCharsMax = 512;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <exception cref="ClientErrorException">It asks for what cannot be.</exception>
    public static BatchRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = Parse(body);
            return Read(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            throw Wrong("The body is not valid Unicode text.", param: null);
        }
    }

    private static BatchRequest Read(JsonElement root)
    {
        if (OpenAIJson.Text(root, "input_file_id") is not { Length: > 0 } file)
        {
            throw Wrong("input_file_id must name a file that was uploaded with the purpose 'batch'.", "input_file_id");
        }

        if (BatchEndpoint.Find(OpenAIJson.Text(root, "endpoint")) is not { } endpoint)
        {
            throw Wrong($"endpoint must be one of {BatchEndpoint.Known}: batches of other requests are not possible here.", "endpoint");
        }

        return OpenAIJson.Text(root, "completion_window") is "24h"
            ? new BatchRequest(file, endpoint, ReadMetadata(root))
            : throw Wrong("completion_window must be 24h, within which the upstream means to be done.", "completion_window");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            throw Wrong("The body is not valid JSON.", param: null);
        }
    }

    private static Dictionary<string, string>? ReadMetadata(JsonElement root)
    {
        if (!root.TryGetProperty("metadata"u8, out var metadata) || metadata.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in metadata.EnumerateObject())
            {
                pairs[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText();
            }
        }

        return metadata.ValueKind == JsonValueKind.Object && pairs.Count <= PairsMax && pairs.All(pair => pair.Key.Length <= NameCharsMax && pair.Value.Length <= ValueCharsMax)
            ? pairs
            : throw Wrong($"metadata must be an object of at most {PairsMax} texts of at most {ValueCharsMax} characters, with names of at most {NameCharsMax}.", "metadata");
    }

    private static ClientErrorException Wrong(string message, string? param) => new(ClientError.InvalidRequest(message, param));
}
