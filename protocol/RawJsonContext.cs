using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RawJsonContext : JsonSerializerContext;
