using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Gateway.Resources;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ResourceStub))]
internal sealed partial class ResourceJson : JsonSerializerContext;
