using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    MaxDepth = 256)]
[JsonSerializable(typeof(GenerateContentResponse))]
[JsonSerializable(typeof(EmbeddingsAnswer))]
[JsonSerializable(typeof(GeminiModel))]
[JsonSerializable(typeof(PredictAnswer))]
[JsonSerializable(typeof(TokenCountAnswer))]
[JsonSerializable(typeof(GeminiModelPage))]
internal sealed partial class GeminiResponseContext : JsonSerializerContext;
