using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>:countTokens</c>, free of charge.</summary>
internal static class CountTokens
{
    public static byte[] Answer(JsonElement request)
    {
        var nested = request.Member("generateContentRequest");
        var tokens = PromptTokens.Of(nested.ValueKind == JsonValueKind.Object ? nested : request);
        return GoogleJson.Pretty(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("totalTokens", tokens);
            writer.WriteStartArray("promptTokensDetails");
            writer.WriteStartObject();
            writer.WriteString("modality", "TEXT");
            writer.WriteNumber("tokenCount", tokens);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
