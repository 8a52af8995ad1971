using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Requests;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Anthropic;

/// <summary>Translates as for an Anthropic client, and gives back what goes upstream and what the client sees.</summary>
internal static class Claude
{
    public static void Equal(string expected, JsonNode? actual) => Canonical.Equal(expected, actual);

    public static AnthropicRequest Read(string body) => AnthropicRequestReader.Read(Encoding.UTF8.GetBytes(body));

    public static JsonObject Body(string body, string model = "gemini-3-flash-preview", IThoughtSignatures? signatures = null)
    {
        var options = new ChatTranslationOptions { Model = model, IncludeThoughts = true, Signatures = signatures ?? new RecordedSignatures() };
        return JsonNode.Parse(ChatRequestTranslator.Translate(Read(body).Chat, options).ToUtf8Bytes())!.AsObject();
    }

    public static JsonArray Contents(string messages, string model = "gemini-3-flash-preview") => Body(Messages(messages), model)["contents"]!.AsArray();

    public static string Messages(string messages, string more = "") =>
        $$"""{"model":"claude-sonnet-5","max_tokens":4096,"messages":[{{messages}}]{{more}}}""";

    /// <summary>A request of one user message "hi" with further members.</summary>
    public static string Hi(string members) => Messages("""{"role":"user","content":"hi"}""", "," + members);

    public static MessageAnswerContext Context(bool withThinking = true, IThoughtSignatures? signatures = null) => new()
    {
        AnswerId = Answers.AnswerId,
        RequestedModel = "claude-sonnet-5",
        WithThinking = withThinking,
        Signatures = signatures ?? new RecordedSignatures(),
    };

    public static JsonNode Whole(string json, MessageAnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageResponseTranslator.Write(Answers.Read(json), context ?? Context(), output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }

    /// <summary>Translates a stream of events to its end.</summary>
    /// <returns>The name and the data of each event, and whether the stream came to an end.</returns>
    public static (List<(string Name, JsonNode Data)> Events, bool Completed) Stream(MessageAnswerContext context, params string[] events)
    {
        var translator = new MessageStreamTranslator(context);
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Answers.Read(item), output);
        }

        var before = output.WrittenCount;
        var completed = translator.Complete(output);
        Assert.True(completed || output.WrittenCount == before, "A stream that is not completed must not be written to.");
        using var stream = new MemoryStream(output.WrittenSpan.ToArray());
        return ([.. SseParser.Create(stream).Enumerate().Select(item => (item.EventType, JsonNode.Parse(item.Data)!))], completed);
    }

    /// <summary>Puts the blocks of a stream together the way Anthropic's SDKs do, and holds every rule of their order.</summary>
    public static JsonObject Accumulate(IReadOnlyList<(string Name, JsonNode Data)> events)
    {
        Assert.All(events, item => Assert.Equal(item.Name, (string?)item.Data["type"]));
        Assert.Equal("message_start", events[0].Name);
        Assert.Equal(["message_delta", "message_stop"], events.TakeLast(2).Select(item => item.Name));
        var message = events[0].Data["message"]!.DeepClone().AsObject();
        var content = message["content"]!.AsArray();
        var isOpen = false;
        foreach (var (name, data) in events.Skip(1).SkipLast(2))
        {
            Assert.Equal(name is not "content_block_start", isOpen);
            isOpen = name is not "content_block_stop";
            if (name is "content_block_start")
            {
                Assert.Equal(content.Count, (int)data["index"]!);
                content.Add(data["content_block"]!.DeepClone());
            }

            Assert.Equal(content.Count - 1, (int)data["index"]!);
            if (name is "content_block_delta")
            {
                Extend(content[^1]!.AsObject(), data["delta"]!);
            }
        }

        Assert.False(isOpen);
        foreach (var (member, value) in events[^2].Data["delta"]!.AsObject())
        {
            message[member] = value?.DeepClone();
        }

        message["usage"] = events[^2].Data["usage"]!.DeepClone();
        return message;
    }

    private static void Extend(JsonObject block, JsonNode delta)
    {
        switch ((string?)delta["type"])
        {
            case "text_delta":
                block["text"] = (string?)block["text"] + (string?)delta["text"];
                break;
            case "thinking_delta":
                block["thinking"] = (string?)block["thinking"] + (string?)delta["thinking"];
                break;
            case "signature_delta":
                block["signature"] = (string?)delta["signature"];
                break;
            case "input_json_delta":
                block["input"] = JsonNode.Parse((string)delta["partial_json"]!);
                break;
            case "citations_delta":
                block["citations"] ??= new JsonArray();
                block["citations"]!.AsArray().Add(delta["citation"]!.DeepClone());
                break;
            default:
                Assert.Fail($"Unknown delta {delta.ToJsonString()}.");
                break;
        }
    }
}
