using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ContentTests
{
    private const string Picture = """{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo+/w=="}}""";
    private const string Code = """{"executableCode":{"language":"PYTHON","code":"print(1)\n"}}""";
    private const string Result = """{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}}""";

    [Fact]
    public void Thoughts_GoToReasoningContent()
    {
        const string Parts = """{"text":"Let me ","thought":true},{"text":"see.","thought":true},{"text":"42"}""";

        var message = Choice(Event(Parts, "STOP"))["message"]!;
        Assert.Equal("Let me see.", (string?)message["reasoning_content"]);
        Assert.Equal("42", (string?)message["content"]);

        var stream = Stream(Event(Parts), Event("", "STOP"));
        Assert.Equal("Let me see.", stream.Text("reasoning_content"));
        Assert.Equal("42", stream.Text());
        Assert.DoesNotContain(stream.Deltas(), delta => delta["reasoning_content"] is not null && delta["content"] is not null);
    }

    [Fact]
    public void CodeAndResult_AreFencedText()
    {
        const string Expected = "Running:\n```python\nprint(1)\n```\n```output\n1\n```\nDone.";
        string[] events = [Event("{\"text\":\"Running:\"}," + Code), Event(Result), Event("""{"text":"Done."}""", "STOP")];

        Assert.Equal(Expected, Stream(events).Text());
        Assert.Empty(Stream(events).Calls());
        Assert.Equal(Expected, (string?)Choice(Event("{\"text\":\"Running:\"}," + Code + "," + Result + ",{\"text\":\"Done.\"}", "STOP"))["message"]!["content"]);
    }

    [Fact]
    public void Code_WithAFenceInside_GetsALongerFence() =>
        Assert.Equal("````python\nx = '```'\n````", Stream(Event("""{"executableCode":{"code":"x = '```'"}}""", "STOP")).Text());

    [Fact]
    public void Picture_AsMarkdown_IsInTheContent()
    {
        var answer = Event("{\"text\":\"Here:\"}," + Picture + ",{\"text\":\"nice\"}", "STOP");
        const string Expected = "Here:\n![image](data:image/png;base64,iVBORw0KGgo+/w==)\nnice";

        Assert.Equal(Expected, (string?)Choice(answer)["message"]!["content"]);
        Assert.Equal(Expected, Stream(answer).Text());
        Assert.Null(Choice(answer)["message"]!["images"]);
    }

    [Fact]
    public void Picture_AsImages_IsApartFromTheContent()
    {
        var context = Context() with { ImagesAsMarkdown = false };
        var answer = Event("{\"text\":\"Here:\"}," + Picture + "," + Picture, "STOP");
        const string First = """{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo+/w=="},"index":0}""";

        var message = Choice(answer, context)["message"]!;
        Assert.Equal("Here:", (string?)message["content"]);
        Assert.Equal([First, First.Replace(":0}", ":1}", StringComparison.Ordinal)], message["images"]!.AsArray().Select(Compact));

        var stream = Stream(context, answer);
        Assert.Equal("Here:", stream.Text());
        Assert.Equal(
            [First, First.Replace(":0}", ":1}", StringComparison.Ordinal)],
            stream.Deltas().SelectMany(delta => delta["images"]?.AsArray() ?? []).Select(Compact));
    }

    [Fact]
    public void Picture_DrawnWhileThinking_IsNotShown()
    {
        const string Thought = """{"thought":true,"inlineData":{"mimeType":"image/png","data":"AAAA"}}""";

        Assert.Equal("x", (string?)Choice(Event(Thought + ",{\"text\":\"x\"}", "STOP"))["message"]!["content"]);
        Assert.Equal("x", Stream(Event(Thought + ",{\"text\":\"x\"}", "STOP")).Text());
    }

    [Fact]
    public void Audio_IsAMemberOfTheMessageWithoutContent()
    {
        const string Answer = """{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AAEC"}}""";

        var message = Choice(Event(Answer, "STOP"), Context() with { AudioFormat = "pcm16" })["message"]!;
        Assert.Null(message["content"]);
        Assert.Equal("""{"id":"audio_0a1b2c","data":"AAEC","expires_at":1790000000,"transcript":""}""", message["audio"]!.ToJsonString());

        var stream = Stream(Event(Answer), Event(Answer, "STOP"));
        Assert.Equal(["AAEC", "AAEC"], stream.Deltas().Select(delta => (string?)delta["audio"]?["data"]).OfType<string>());
        Assert.Equal("audio_0a1b2c", Assert.Single(stream.Deltas().Select(delta => (string?)delta["audio"]?["id"]).OfType<string>()));
    }

    [Fact]
    public void Audio_OfSeveralParts_IsOneBase64Text()
    {
        const string Parts = """
            {"inlineData":{"mimeType":"audio/wav","data":"AQ=="}},{"inlineData":{"mimeType":"audio/wav","data":"AgM="}}
            """;

        Assert.Equal("AQID", (string?)Choice(Event(Parts, "STOP"))["message"]!["audio"]!["data"]);
    }

    [Fact]
    public void Files_AreLinks()
    {
        const string Parts = """
            {"fileData":{"mimeType":"video/mp4","fileUri":"https://x/y"}},{"inlineData":{"mimeType":"application/pdf","data":"AAAA"}}
            """;

        Assert.Equal("[attachment](https://x/y)\n[attachment](data:application/pdf;base64,AAAA)", Stream(Event(Parts, "STOP")).Text());
    }

    [Fact]
    public void UnknownPartsFieldsAndValues_ArePassedOver()
    {
        const string Answer = """
            {"candidates":[{"content":{"parts":[{"hologram":{"depth":3}},{"toolCall":{"id":"1","toolType":"X"},"thoughtSignature":"s"},{"text":"ok","newFlag":[1]}],
             "role":"robot"},"finishReason":"STOP","safetyRatings":[{"category":"NEW"}],"x":{}}],"usageMetadata":{"promptTokenCount":1,
             "promptTokensDetails":[{"modality":"SMELL","tokenCount":1},{"modality":7}]},"modelStatus":{"modelStage":"?"}}
            """;

        Assert.Equal("ok", (string?)Choice(Answer)["message"]!["content"]);
        Assert.Equal("ok", Stream(Answer).Text());
    }

    [Fact]
    public void EmptyText_MakesNoChunk() =>
        Assert.Equal(3, Stream(Event("""{"text":""}"""), Event("""{"text":"a"}"""), Event("""{"text":""}""", "STOP")).Chunks.Count);

    private static string Compact(System.Text.Json.Nodes.JsonNode? node) => node!.ToJsonString(new System.Text.Json.JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
