using System.Text.Json.Serialization;

namespace GeminiBalance.KeyPool;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(KeyLedgerSnapshot))]
internal sealed partial class PersistenceJsonContext : JsonSerializerContext;
