using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Reads a request for an interaction as the GenerateContentRequest that asks the same.</summary>
internal static class InteractionPrompt
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "model", "agent", "agent_config", "input", "stream", "store", "background", "previous_interaction_id", "tools", "system_instruction", "generation_config",
        "response_format", "response_mime_type", "response_modalities", "safety_settings", "service_tier", "environment", "labels", "cached_content",
        "continuation_token", "webhook_config",
    };

    public static FakeError? Check(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            return FakeError.Invalid("The request is not an object.");
        }

        foreach (var member in request.EnumerateObject().Where(member => !Members.Contains(member.Name)))
        {
            return FakeError.Invalid($"Unknown parameter '{member.Name}'.");
        }

        var names = (request.Text("model") is null ? 0 : 1) + (request.Text("agent") is null ? 0 : 1);
        return names != 1 ? FakeError.Invalid("Exactly one of 'model' and 'agent' must be set.")
            : request.Text("agent") is not null && !request.IsTrue("background") ? FakeError.Invalid("Agents need background=true.")
            : request.IsTrue("background") && request.TryGetProperty("store", out var store) && store.ValueKind == JsonValueKind.False ? FakeError.Invalid("background=true needs store=true.")
            : !request.TryGetProperty("input", out _) && request.Text("continuation_token") is null ? FakeError.Invalid("'input' is required.")
            : null;
    }

    /// <param name="request">The request.</param>
    /// <param name="before">The turns of earlier interactions.</param>
    public static JsonObject ToNative(JsonElement request, IEnumerable<JsonNode> before)
    {
        var native = new JsonObject { ["contents"] = new JsonArray([.. before.Select(turn => turn.DeepClone()), .. Turns(request.Member("input"))]) };
        if (request.Text("system_instruction") is { } system)
        {
            native["systemInstruction"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = system }) };
        }

        native["tools"] = new JsonArray([.. request.Items("tools").Select(Tool)]);
        var config = request.Member("generation_config");
        var made = new JsonObject();
        Copy(config, "max_output_tokens", made, "maxOutputTokens");
        Copy(config, "stop_sequences", made, "stopSequences");
        if (config.Text("thinking_summaries") == "auto")
        {
            made["thinkingConfig"] = new JsonObject { ["includeThoughts"] = true };
        }

        foreach (var form in Forms(request))
        {
            if (form.Text("type") == "image")
            {
                made["responseModalities"] = new JsonArray("TEXT", "IMAGE");
            }
            else if (form.Text("mime_type") == "application/json")
            {
                made["responseMimeType"] = "application/json";
                Copy(form, "schema", made, "responseJsonSchema");
            }
        }

        native["generationConfig"] = made;
        return native;
    }

    private static IEnumerable<JsonElement> Forms(JsonElement request) => request.Member("response_format") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private static void Copy(JsonElement from, string name, JsonObject to, string nativeName)
    {
        if (from.Has(name))
        {
            to[nativeName] = JsonNode.Parse(from.Member(name).GetRawText());
        }
    }

    private static JsonNode Tool(JsonElement tool) => tool.Text("type") switch
    {
        "function" => new JsonObject
        {
            ["functionDeclarations"] = new JsonArray(new JsonObject
            {
                ["name"] = tool.Text("name"), ["parametersJsonSchema"] = InteractionContent.Copy(tool.Member("parameters")) ?? new JsonObject(),
            }),
        },
        "google_search" => new JsonObject { ["googleSearch"] = new JsonObject() },
        _ => [],
    };

    private static IEnumerable<JsonNode> Turns(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
        {
            return [Turn("user", new JsonObject { ["text"] = input.GetString() })];
        }

        JsonElement[] items = input.ValueKind switch { JsonValueKind.Array => [.. input.EnumerateArray()], JsonValueKind.Object => [input], _ => [] };
        return items.All(item => InteractionContent.Part(item) is not null)
            ? [Turn("user", [.. items.Select(item => InteractionContent.Part(item)!)])]
            : items.Select(Step).OfType<JsonNode>();
    }

    private static JsonObject? Step(JsonElement step) => step.Text("type") switch
    {
        "function_call" => Turn("model", new JsonObject
        {
            ["functionCall"] = new JsonObject { ["id"] = step.Text("id"), ["name"] = step.Text("name"), ["args"] = InteractionContent.Copy(step.Member("arguments")) },
        }),
        "user_input" => Turn("user", InteractionContent.Parts(step.Member("content"))),
        "model_output" => Turn("model", InteractionContent.Parts(step.Member("content"))),
        _ => InteractionContent.Part(step) is { } part ? Turn("user", part) : null,
    };

    private static JsonObject Turn(string role, params JsonNode[] parts) => new() { ["role"] = role, ["parts"] = new JsonArray(parts) };
}
