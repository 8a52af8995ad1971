using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Gateway.Resources;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ResourceStub))]
[JsonSerializable(typeof(UploadedFile))]
[JsonSerializable(typeof(OpenAINote))]
internal sealed partial class ResourceJson : JsonSerializerContext;
