using System.Text.Json;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>What a request for an interaction says of the matters that defaults concern.</summary>
internal sealed class InteractionView
{
    private readonly HashSet<string> tools = [];
    private readonly HashSet<string> said = [];

    public InteractionView(JsonElement request)
    {
        foreach (var member in request.EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "tools":
                    CollectTypes(member.Value, tools);
                    break;
                case "input":
                    CollectTypes(member.Value, said);
                    break;
                case "generation_config":
                    Config = member.Value;
                    break;
                case "safety_settings":
                    HasSafetySettings = member.Value.ValueKind is not JsonValueKind.Array || member.Value.GetArrayLength() > 0;
                    break;
                case "response_format" or "response_modalities":
                    HasForm = true;
                    IsJson |= HoldsJson(member.Value);
                    break;
                case "response_mime_type":
                    IsJson |= member.Value.ValueKind is JsonValueKind.String && member.Value.ValueEquals("application/json"u8);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The client's <c>generation_config</c>; undefined when there is none.</summary>
    public JsonElement Config { get; private set; }

    public bool HasSafetySettings { get; }

    /// <summary>Whether it says in which form it wants the answer.</summary>
    public bool HasForm { get; }

    public bool IsJson { get; }

    public bool HasFunctions => tools.Contains("function");

    public bool HasCalls => said.Contains("function_call") || said.Contains("function_result");

    public bool HasMedia => said.Overlaps(["image", "audio", "video", "document"]);

    public bool HasTool(string type) => tools.Contains(type);

    public bool Configures(string member) => Config.ValueKind is JsonValueKind.Object && Config.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null;

    private static bool HoldsJson(JsonElement form) => form.ValueKind switch
    {
        JsonValueKind.Array => form.EnumerateArray().Any(HoldsJson),
        JsonValueKind.Object => form.TryGetProperty("schema"u8, out _)
            || (form.TryGetProperty("mime_type"u8, out var mime) && mime.ValueKind is JsonValueKind.String && mime.ValueEquals("application/json"u8)),
        _ => false,
    };

    // Whatever the nesting of steps and contents: each says its type.
    private static void CollectTypes(JsonElement element, HashSet<string> types)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                CollectTypes(item, types);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            if (element.TryGetProperty("type"u8, out var type) && type.ValueKind is JsonValueKind.String)
            {
                types.Add(type.GetString()!);
            }

            if (element.TryGetProperty("content"u8, out var content))
            {
                CollectTypes(content, types);
            }
        }
    }
}
