using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Models;

/// <summary>The list of links behind a grounded answer.</summary>
public sealed class SourceLinksTests
{
    private const string Links = "\n\n---\n**Sources**\n\n- [a \\[1\\]](https://a/x%28y%29)\n- [https://b](https://b)";

    private const string Grounded = """
        {"candidates":[{"content":{"parts":[{"text":"Tür ja."}]},"finishReason":"STOP","groundingMetadata":{
          "groundingChunks":[{"web":{"uri":"https://a/x(y)","title":"a [1]"}},{"web":{"uri":"https://b"}},{"web":{"uri":"https://b","title":"again"}},{"other":{}},null],
          "groundingSupports":[{"segment":{"startIndex":5,"endIndex":8,"text":"ja."},"groundingChunkIndices":[0]}]}}]}
        """;

    [Theory]
    [InlineData(true, "Tür ja." + Links)]
    [InlineData(false, "Tür ja.")]
    public void Whole_EndsWithLinks_AndOffsetsStay(bool shows, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        ChatResponseTranslator.Write(GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(Grounded)), Context(shows), output);

        var message = JsonNode.Parse(output.WrittenSpan)!["choices"]![0]!["message"]!;
        Assert.Equal(expected, (string)message["content"]!);
        var annotation = Assert.Single(message["annotations"]!.AsArray())!["url_citation"]!;
        Assert.Equal((4, 7, "https://a/x(y)"), ((int)annotation["start_index"]!, (int)annotation["end_index"]!, (string)annotation["url"]!));
    }

    [Theory]
    [InlineData(true, "Tür ja." + Links)]
    [InlineData(false, "Tür ja.")]
    public void Stream_EndsWithLinks_BeforeTheAnnotations(bool shows, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var stream = new ChatStreamTranslator(Context(shows));
        stream.Translate(GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(Grounded)), output);
        Assert.True(stream.Complete(output));

        var deltas = Encoding.UTF8.GetString(output.WrittenSpan).Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line["data: ".Length..])!["choices"]![0]!["delta"]!).ToList();
        Assert.Equal(expected, string.Concat(deltas.Select(delta => (string?)delta["content"])));
        Assert.Single(deltas, delta => delta["annotations"] is not null);
    }

    [Theory]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["q"]}}]}""", "x")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://b","title":"b"}}]}}]}""", "x\n\n---\n**Sources**\n\n- [b](https://b)")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://b"}}]}}]}""", null)]
    public void Links_NeedSourcesAndText(string answer, string? expected)
    {
        var output = new ArrayBufferWriter<byte>();
        ChatResponseTranslator.Write(GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(answer)), Context(true), output);

        Assert.Equal(expected, (string?)JsonNode.Parse(output.WrittenSpan)!["choices"]![0]!["message"]!["content"]);
    }

    private static ChatAnswerContext Context(bool shows) =>
        new() { AnswerId = "a", Created = 1, RequestedModel = "m", Signatures = NoThoughtSignatures.Instance, ShowsSources = shows };
}
