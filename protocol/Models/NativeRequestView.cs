using System.Text.Json;

namespace GeminiBalance.Protocol.Models;

/// <summary>What a <c>GenerateContentRequest</c> says of the matters that defaults concern. Both spellings of every member count.</summary>
internal sealed class NativeRequestView
{
    private static readonly JsonElement Nothing = JsonElement.Parse("[]"u8);

    private readonly HashSet<string> tools = [];

    public NativeRequestView(JsonElement request)
    {
        foreach (var member in request.EnumerateObject())
        {
            switch (NativeName.Of(member))
            {
                case "tools":
                    ReadTools(member.Value);
                    break;
                case "generationConfig":
                    Config = member.Value;
                    break;
                case "safetySettings":
                    HasSafetySettings = member.Value.ValueKind is JsonValueKind.Array ? member.Value.GetArrayLength() > 0 : member.Value.ValueKind is not JsonValueKind.Null;
                    break;
                case "cachedContent":
                    UsesCache = member.Value.ValueKind is not JsonValueKind.Null;
                    break;
                case "contents":
                    ReadContents(member.Value);
                    break;
                default:
                    break;
            }
        }

        IsJson = Find(Config, "responseMimeType") is { ValueKind: JsonValueKind.String } mime && mime.ValueEquals("application/json"u8);
        Thinking = Find(Config, "thinkingConfig");
    }

    /// <summary>The client's <c>generationConfig</c>; undefined when there is none.</summary>
    public JsonElement Config { get; private set; }

    /// <summary>The client's <c>thinkingConfig</c>, if any.</summary>
    public JsonElement? Thinking { get; }

    public bool HasSafetySettings { get; }

    public bool UsesCache { get; }

    public bool IsJson { get; }

    public bool HasFunctions => tools.Contains("functionDeclarations");

    /// <summary>Whether the conversation holds a call of a function.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Whether the conversation holds pictures, sound or files.</summary>
    public bool HasMedia { get; private set; }

    public bool HasTool(string name) => tools.Contains(name);

    public static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (NativeName.Of(member) == name && member.Value.ValueKind is not JsonValueKind.Null)
                {
                    return member.Value;
                }
            }
        }

        return null;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element) => (element.ValueKind is JsonValueKind.Array ? element : Nothing).EnumerateArray();

    private void ReadTools(JsonElement list)
    {
        foreach (var tool in Items(list).Where(tool => tool.ValueKind is JsonValueKind.Object))
        {
            tools.UnionWith(tool.EnumerateObject().Select(NativeName.Of));
        }
    }

    private void ReadContents(JsonElement contents)
    {
        foreach (var part in Items(contents).SelectMany(content => Items(Find(content, "parts") ?? default)).Where(part => part.ValueKind is JsonValueKind.Object))
        {
            foreach (var name in part.EnumerateObject().Select(NativeName.Of))
            {
                HasCalls |= name is "functionCall" or "functionResponse";
                HasMedia |= name is "inlineData" or "fileData";
            }
        }
    }
}
