using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ChatStreamTranslatorTests
{
    [Fact]
    public void Stream_TextInTwoEvents_OneRoleTextsOneFinishDone()
    {
        var stream = Stream(Event("""{"text":"Hel"}"""), Event("""{"text":"lo 世界"}""", "STOP"));

        Assert.True(stream.Completed);
        Assert.True(stream.Done);
        string[] expected =
        [
            """{"role":"assistant","content":"","refusal":null}""",
            """{"content":"Hel"}""",
            """{"content":"lo 世界"}""",
            "{}",
        ];
        Assert.Equal(expected, stream.Deltas().Select(Json));
        Assert.Equal("stop", stream.Finish());
    }

    [Fact]
    public void Stream_EveryChunk_HasOneIdTimeAndModel()
    {
        var stream = Stream(Context() with { IncludeUsage = true }, Event("""{"text":"a"}"""), """{"usageMetadata":{"promptTokenCount":1}}""", Event("", "STOP"));

        Assert.Equal(4, stream.Chunks.Count);
        Assert.All(stream.Chunks, chunk =>
        {
            Assert.Equal("chatcmpl-" + AnswerId, (string?)chunk["id"]);
            Assert.Equal("chat.completion.chunk", (string?)chunk["object"]);
            Assert.Equal(1_790_000_000, (long)chunk["created"]!);
            Assert.Equal("gemini-2.5-flash", (string?)chunk["model"]);
        });
    }

    private static string Json(JsonNode node) => node.ToJsonString(Relaxed);

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
