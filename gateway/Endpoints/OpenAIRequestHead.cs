using System.Text.Json;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What the gateway must know of an OpenAI body that it does not translate.</summary>
/// <param name="Model">The model without <c>models/</c>; null when the body names none that is a name.</param>
/// <param name="IsStream">Whether a stream is asked for.</param>
internal readonly record struct OpenAIRequestHead(string? Model, bool IsStream)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <summary>Reads it in one pass. A body that is not JSON has no head: whether it is valid is for the upstream to say.</summary>
    public static OpenAIRequestHead Read(ReadOnlySpan<byte> body)
    {
        string? model = null;
        var isStream = false;
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                var isStreamName = reader.ValueTextEquals("stream"u8);
                reader.Read();
                if (isModel && reader.TokenType == JsonTokenType.String)
                {
                    model = reader.GetString();
                }
                else if (isStreamName)
                {
                    isStream = reader.TokenType == JsonTokenType.True;
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(NameOf(model), isStream);
        }

        return new(NameOf(model), isStream);
    }

    private static string? NameOf(string? model) =>
        GeminiPath.TryParse(model is null || model.Contains('/', StringComparison.Ordinal) ? model : $"models/{model}", out var path) ? path.QuotaModel : null;
}
