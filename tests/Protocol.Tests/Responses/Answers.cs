using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Translates Gemini JSON and gives back what a client sees.</summary>
internal static class Answers
{
    public const string AnswerId = "0a1b2c";

    public static ChatAnswerContext Context(IThoughtSignatures? signatures = null) => new()
    {
        AnswerId = AnswerId,
        Created = 1_790_000_000,
        RequestedModel = "gemini-2.5-flash",
        Signatures = signatures ?? new RecordedSignatures(),
    };

    public static GenerateContentResponse Read(string json) => GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(json));

    public static JsonNode Unary(string json, ChatAnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        ChatResponseTranslator.Write(Read(json), context ?? Context(), output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }

    /// <summary>The one choice of a whole answer.</summary>
    public static JsonNode Choice(string json, ChatAnswerContext? context = null)
    {
        var choices = Unary(json, context)["choices"]!.AsArray();
        return Assert.Single(choices)!;
    }

    /// <summary>Translates a stream of events to its end.</summary>
    public static ChatStream Stream(ChatAnswerContext context, params string[] events)
    {
        var translator = new ChatStreamTranslator(context);
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Read(item), output);
        }

        var before = output.WrittenCount;
        var completed = translator.Complete(output);
        Assert.True(completed || output.WrittenCount == before, "A stream that is not completed must not be written to.");
        return ChatStream.Parse(output.WrittenSpan, completed);
    }

    public static ChatStream Stream(params string[] events) => Stream(Context(), events);

    /// <summary>One event, or a whole answer, with these parts and the end of the candidate.</summary>
    public static string Event(string parts, string? finish = null, int? index = 0, string more = "") =>
        "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"}"
        + (finish is null ? "" : $",\"finishReason\":\"{finish}\"") + (index is null ? "" : $",\"index\":{index}") + more + "}]}";
}
