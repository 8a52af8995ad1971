using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Makes an interaction of a plan: the resource, its events and the turns to go on from.</summary>
internal sealed class InteractionBuilder(AnswerIds ids, TimeProvider time)
{
    public StoredInteraction Build(JsonElement request, AnswerPlan plan, IReadOnlyList<JsonNode> turns, string payer)
    {
        var id = "v1_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(ids.NextResponseId() + ids.NextResponseId())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var steps = InteractionSteps.Of(plan);
        var status = steps.HasCalls ? "requires_action" : plan.Events is [.., { FinishReason: "MAX_TOKENS" }] ? "incomplete" : "completed";
        var isStored = !(request.TryGetProperty("store", out var store) && store.ValueKind == JsonValueKind.False);
        var now = ResourceShelf.Time(time.GetUtcNow());
        var done = new JsonObject();
        if (isStored)
        {
            done["id"] = id;
        }

        done["status"] = status;
        done["usage"] = Usage(plan);
        (done["created"], done["updated"], done["service_tier"], done["object"]) = (now, now, "standard", "interaction");
        foreach (var name in (string[])["model", "agent", "previous_interaction_id"])
        {
            if (request.Text(name) is { } value)
            {
                done[name] = value;
            }
        }

        var events = Events(done, steps, id);
        done["steps"] = steps.Whole;
        var said = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray([.. plan.Events.SelectMany(one => one.Parts).Select(Part)]) };
        return new StoredInteraction(id, payer, [.. turns, said]) { Done = done, Events = events, Status = status };
    }

    private static JsonObject Usage(AnswerPlan plan)
    {
        var thoughts = plan.Events.Sum(one => one.Parts.Where(part => part.IsThought).Sum(part => (long)part.Tokens));
        return new JsonObject
        {
            ["total_tokens"] = plan.PromptTokens + plan.OutputTokens + plan.ToolTokens, ["total_input_tokens"] = plan.PromptTokens,
            ["input_tokens_by_modality"] = new JsonArray(new JsonObject { ["modality"] = "text", ["tokens"] = plan.PromptTokens }), ["total_cached_tokens"] = plan.CachedTokens,
            ["total_output_tokens"] = plan.OutputTokens - thoughts, ["total_tool_use_tokens"] = plan.ToolTokens, ["total_thought_tokens"] = thoughts,
        };
    }

    private static List<byte[]> Events(JsonObject done, InteractionSteps steps, string id)
    {
        var created = new JsonObject { ["status"] = "in_progress", ["object"] = "interaction" };
        foreach (var name in (string[])["id", "model", "agent"])
        {
            if (done[name] is { } value)
            {
                created[name] = value.DeepClone();
            }
        }

        JsonObject[] all =
        [
            new() { ["interaction"] = created, ["event_type"] = "interaction.created" },
            new() { ["interaction_id"] = id, ["status"] = "in_progress", ["event_type"] = "interaction.status_update" },
            .. steps.Events,
            new() { ["interaction"] = done.DeepClone(), ["event_type"] = "interaction.completed" },
        ];
        return [.. all.Select(Frame), "event: done\ndata: [DONE]\n\n"u8.ToArray()];
    }

    private static byte[] Frame(JsonObject one, int index)
    {
        one["event_id"] = EventId(index);
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(Encoding.UTF8.GetBytes($"event: {(string)one["event_type"]!}\ndata: "));
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = GoogleEncoder.Instance }))
        {
            one.WriteTo(writer);
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What the event of this place is called.</summary>
    public static string EventId(int index) => $"evt_{index}";

    private static JsonNode Part(AnswerPart part)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            PartWriter.Write(writer, part);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
