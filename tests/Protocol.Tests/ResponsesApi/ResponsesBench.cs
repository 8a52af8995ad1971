using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.ResponsesApi;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.ResponsesApi;

/// <summary>Reads requests and translates answers, and gives back what a client sees.</summary>
internal static class ResponsesBench
{
    public const string Hello = """{"model":"gemini-2.5-flash","input":"Hi"}""";

    public static ResponsesRequest Request(string json) => ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(json));

    public static ChatCompletionRequest Chat(string json)
    {
        var request = Request(json);
        return request.ToChat(request.Input, request.Model).Request;
    }

    /// <summary>What Gemini is sent.</summary>
    public static JsonNode Sent(string json, string model = "gemini-2.5-flash") =>
        JsonNode.Parse(ChatRequestTranslator.Translate(Chat(json), new ChatTranslationOptions { Model = model, IncludeThoughts = true }).ToUtf8Bytes())!;

    public static ResponsesAnswerContext About(string request = Hello, IThoughtSignatures? signatures = null, params string[] customTools)
    {
        var read = Request(request);
        var answer = Answers.Context(signatures) with { CustomTools = customTools.ToHashSet(), AllowsParallelToolCalls = Chat(request).ParallelToolCalls };
        return new(answer, read, IsStored: true);
    }

    public static JsonNode Whole(string answer, ResponsesAnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        ResponsesAnswer.Of(Answers.Read(answer), context ?? About(), 1_790_000_009).WriteTo(output, isStored: true);
        return JsonNode.Parse(output.WrittenSpan)!;
    }

    /// <summary>The events of a stream; without the last one when it was cut.</summary>
    public static List<JsonNode> Stream(ResponsesAnswerContext context, params string[] events)
    {
        var translator = new ResponsesStreamTranslator(context);
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Answers.Read(item), output);
        }

        if (translator.Complete(output))
        {
            translator.WriteEnd(translator.End(1_790_000_009), isStored: true, output);
        }

        return Parse(output.WrittenSpan);
    }

    public static List<JsonNode> Stream(params string[] events) => Stream(About(), events);

    /// <summary>Reads events, and holds what is true of each: a name that is its type, and a number one above the last.</summary>
    public static List<JsonNode> Parse(ReadOnlySpan<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        var read = new List<JsonNode>();
        foreach (var item in SseParser.Create(stream, (_, data) => JsonNode.Parse(data)!).Enumerate())
        {
            Assert.Equal(item.EventType, (string?)item.Data["type"]);
            Assert.Equal(read.Count, (int)item.Data["sequence_number"]!);
            read.Add(item.Data);
        }

        return read;
    }

    public static string[] Types(this List<JsonNode> events) => [.. events.Select(item => ((string)item["type"]!).Replace("response.", "", StringComparison.Ordinal))];

    public static string Joined(this List<JsonNode> events, string type) =>
        string.Concat(events.Where(item => (string?)item["type"] == type).Select(item => (string?)item["delta"]));
}
