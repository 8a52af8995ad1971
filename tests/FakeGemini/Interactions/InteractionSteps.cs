using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>The steps of an answer, whole and as they grow in a stream.</summary>
internal sealed class InteractionSteps
{
    private readonly List<JsonObject> whole = [];
    private readonly List<JsonObject> events = [];
    private string open = "";

    private InteractionSteps()
    {
    }

    public JsonArray Whole => new([.. whole.Select(step => step.DeepClone())]);

    /// <summary>From the first <c>step.start</c> to the last <c>step.stop</c>.</summary>
    public IReadOnlyList<JsonObject> Events => events;

    public bool HasCalls { get; private set; }

    public static InteractionSteps Of(AnswerPlan plan)
    {
        var steps = new InteractionSteps();
        foreach (var part in plan.Events.SelectMany(one => one.Parts))
        {
            steps.Add(part);
        }

        steps.Close();
        return steps;
    }

    private void Add(AnswerPart part)
    {
        if (part.CallName is not null)
        {
            AddCall(part);
        }
        else if (part is { Text: { } text, IsThought: true })
        {
            Open("thought", new JsonObject { ["type"] = "thought" });
            Append("summary", text);
            Delta(new JsonObject { ["content"] = new JsonObject { ["text"] = text, ["type"] = "text" }, ["type"] = "thought_summary" });
        }
        else if (part.InlineBytes is { } bytes)
        {
            Open("model_output", new JsonObject { ["type"] = "model_output" });
            var kind = part.InlineMimeType!.Split('/')[0];
            var block = new JsonObject { ["data"] = Convert.ToBase64String(bytes), ["mime_type"] = part.InlineMimeType, ["type"] = kind };
            Content("content").Add(block.DeepClone());
            Delta(block);
        }
        else if (part.Text is { Length: > 0 } said)
        {
            Open("model_output", new JsonObject { ["type"] = "model_output" });
            Append("content", said);
            Delta(new JsonObject { ["text"] = said, ["type"] = "text" });
        }
    }

    private void AddCall(AnswerPart part)
    {
        HasCalls = true;
        Close();
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            part.CallArguments!(writer);
        }

        var arguments = JsonNode.Parse(buffer.WrittenSpan)!;
        var call = new JsonObject { ["id"] = part.CallId ?? part.CallName, ["signature"] = part.Signature ?? "", ["type"] = "function_call", ["name"] = part.CallName, ["arguments"] = new JsonObject() };
        Open("function_call", call);
        whole[^1]["arguments"] = arguments.DeepClone();
        Delta(new JsonObject { ["arguments"] = arguments.ToJsonString(), ["type"] = "arguments_delta" });
        Close();
    }

    private void Open(string type, JsonObject step)
    {
        if (open == type)
        {
            return;
        }

        Close();
        open = type;
        whole.Add(step);
        events.Add(new JsonObject { ["index"] = whole.Count - 1, ["step"] = step.DeepClone(), ["event_type"] = "step.start" });
    }

    private void Close()
    {
        if (open.Length > 0)
        {
            events.Add(new JsonObject { ["index"] = whole.Count - 1, ["event_type"] = "step.stop" });
            open = "";
        }
    }

    private void Delta(JsonObject delta) => events.Add(new JsonObject { ["index"] = whole.Count - 1, ["delta"] = delta, ["event_type"] = "step.delta" });

    private void Append(string member, string text)
    {
        var content = Content(member);
        if (content is [.., JsonObject last] && (string?)last["type"] == "text")
        {
            last["text"] = (string)last["text"]! + text;
        }
        else
        {
            content.Add(new JsonObject { ["text"] = text, ["type"] = "text" });
        }
    }

    private JsonArray Content(string member) => (whole[^1][member] ??= new JsonArray()).AsArray();
}
