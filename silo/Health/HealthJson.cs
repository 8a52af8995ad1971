using System.Text.Json.Serialization;

namespace GeminiBalance.Silo.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(DetailsAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
