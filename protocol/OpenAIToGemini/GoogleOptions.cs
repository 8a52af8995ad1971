using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A client's options in Gemini's own terms (<c>extra_body.google</c>), merged unread: what they say wins.</summary>
internal sealed class GoogleOptions
{
    // Bodies hold results of tools, which may be nested as deep as a body may be, below a few levels of their own.
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = RequestLimits.JsonDepthMax * 2 };

    private readonly Dictionary<string, JsonElement> members = [];

    public bool IsEmpty => members.Count == 0;

    /// <summary>A cache already holds system instruction and tools, and the upstream refuses them beside it.</summary>
    public bool UsesCache => members.ContainsKey("cachedContent");

    public static GoogleOptions Read(RawJson? google)
    {
        var options = new GoogleOptions();
        if (google is { } raw)
        {
            using var document = JsonDocument.Parse(raw.Utf8, DocumentOptions);
            foreach (var member in document.RootElement.Clone().EnumerateObject())
            {
                if (member.Value.ValueKind is not JsonValueKind.Null)
                {
                    options.Add(CamelCase(member.Name), member.Value);
                }
            }
        }

        return options;
    }

    public JsonObject MergeInto(byte[] utf8)
    {
        var body = JsonNode.Parse(utf8, documentOptions: DocumentOptions)!.AsObject();
        if (UsesCache)
        {
            body.Remove("tools");
            body.Remove("toolConfig");
        }

        foreach (var (name, value) in members)
        {
            switch (name)
            {
                case "generationConfig":
                    MergeMembers(Config(body), value);
                    break;
                case "tools":
                    AppendTools(body, value);
                    break;
                case "toolConfig" or "safetySettings" or "cachedContent" or "serviceTier":
                    body[name] = Node(value);
                    break;
                default:
                    Config(body)[name] = Node(value);
                    break;
            }
        }

        return body;
    }

    private static JsonObject Config(JsonObject body)
    {
        if (body["generationConfig"] is not JsonObject config)
        {
            config = [];
            body["generationConfig"] = config;
        }

        return config;
    }

    // Walks elements instead of nodes: a member given twice is an error to a JsonObject.
    private static void MergeMembers(JsonObject target, JsonElement source)
    {
        foreach (var member in source.EnumerateObject())
        {
            target[CamelCase(member.Name)] = Node(member.Value);
        }
    }

    private static void AppendTools(JsonObject body, JsonElement tools)
    {
        if (body["tools"] is not JsonArray target)
        {
            target = [];
            body["tools"] = target;
        }

        foreach (var tool in tools.EnumerateArray())
        {
            target.Add(Node(tool));
        }
    }

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };

    // Both spellings of one field in one request are refused.
    private static string CamelCase(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? name : words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private void Add(string name, JsonElement value)
    {
        var kind = name switch
        {
            "generationConfig" or "thinkingConfig" or "toolConfig" or "speechConfig" or "imageConfig" => JsonValueKind.Object,
            "tools" or "safetySettings" or "responseModalities" => JsonValueKind.Array,
            "cachedContent" or "serviceTier" or "mediaResolution" => JsonValueKind.String,
            _ => JsonValueKind.Undefined,
        };
        if (kind is JsonValueKind.Undefined)
        {
            return;
        }

        if (value.ValueKind != kind)
        {
            throw new TranslationException($"google.{name} must be {(kind is JsonValueKind.Array ? "an array" : kind is JsonValueKind.Object ? "an object" : "a string")}.", $"google.{name}");
        }

        members[name] = value;
    }
}
