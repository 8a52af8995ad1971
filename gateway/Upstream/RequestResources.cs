using System.Text.Json;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>
/// Whether a request names what belongs to one project: an uploaded file or a cached content. Another project's key gets 403 or 404 for it,
/// which says nothing about the key or the model.
/// </summary>
/// <remarks>https://ai.google.dev/gemini-api/docs/files and https://ai.google.dev/gemini-api/docs/caching.</remarks>
internal static class RequestResources
{
    private const int DepthMax = 256;

    /// <summary>Never throws: of broken JSON, what stands before the fault counts.</summary>
    public static bool AreNamedIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && IsReference(ref reader) && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name with half a surrogate pair in it, which only shows when it is compared.
            return false;
        }

        return false;
    }

    private static bool IsReference(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("fileUri"u8) || reader.ValueTextEquals("file_uri"u8)
        || reader.ValueTextEquals("cachedContent"u8) || reader.ValueTextEquals("cached_content"u8);
}
