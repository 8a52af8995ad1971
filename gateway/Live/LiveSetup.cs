using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Live;

/// <summary>What the first message of a session says of the key it needs.</summary>
/// <param name="Model">The model as quotas know it; null when none is named that is a name.</param>
/// <param name="Handle">The session to go on with; null for a new one.</param>
internal readonly record struct LiveSetup(string? Model, string? Handle)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <returns>Null when the message is no setup.</returns>
    public static LiveSetup? Read(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, Options);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSetup = reader.ValueTextEquals("setup"u8);
                reader.Read();
                if (isSetup)
                {
                    return ReadSetup(ref reader);
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    private static LiveSetup ReadSetup(ref Utf8JsonReader reader)
    {
        string? model = null;
        string? handle = null;
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isModel = reader.ValueTextEquals("model"u8);
            var isResumption = reader.ValueTextEquals("sessionResumption"u8) || reader.ValueTextEquals("session_resumption"u8);
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
            {
                model = reader.GetString();
            }
            else if (isResumption && reader.TokenType == JsonTokenType.StartObject)
            {
                handle = ReadHandle(reader);
            }

            reader.Skip();
        }

        return new(NameOf(model), handle);
    }

    // A copy of the reader: the caller skips what was looked at.
    private static string? ReadHandle(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isHandle = reader.ValueTextEquals("handle"u8);
            reader.Read();
            if (isHandle && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString() is { Length: > 0 } handle ? handle : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static string? NameOf(string? model) =>
        GeminiPath.TryParse(model is null || model.Contains('/', StringComparison.Ordinal) ? model : $"models/{model}", out var path) && path.Method is null ? path.QuotaModel : null;
}
