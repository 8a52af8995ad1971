using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class AnswerTests : FakeTest
{
    public static TheoryData<string, string> Finishes => new()
    {
        { "[[safety]]", "SAFETY" }, { "[[max]]", "MAX_TOKENS" }, { "[[malformed]]", "MALFORMED_FUNCTION_CALL" }, { "[[finish RECITATION]]", "RECITATION" }, { "[[empty]]", "STOP" },
    };

    [Fact]
    public async Task Text_EchoedWithUsageAndIds()
    {
        var (_, body) = await AskAsync(Prompt("Grüße <b>🙂"));

        Assert.Equal("Echo: Grüße <b>🙂", (string?)Part(body)["text"]);
        Assert.Equal("STOP", (string?)body["candidates"]![0]!["finishReason"]);
        var usage = body["usageMetadata"]!;
        Assert.Equal((3, 5, 8), (usage["promptTokenCount"]!.GetValue<int>(), usage["candidatesTokenCount"]!.GetValue<int>(), usage["totalTokenCount"]!.GetValue<int>()));
        Assert.Equal((Flash, 22), ((string?)body["modelVersion"], ((string)body["responseId"]!).Length));
    }

    [Fact]
    public async Task Alias_NamesItsModelInTheAnswer()
    {
        Assert.Equal("gemini-3.8-flash", (string?)(await AskAsync(Prompt("x"), "gemini-flash-latest")).Body["modelVersion"]);
    }

    [Fact]
    public async Task Answers_AfterAReset_AreTheSameBytes()
    {
        var first = await StreamAsync("weather [[think]] [[parallel 3]]", more: ToolAnswerTests.Tools);
        Server.Reset();

        Assert.Equal(first, await StreamAsync("weather [[think]] [[parallel 3]]", more: ToolAnswerTests.Tools));
    }

    [Fact]
    public async Task Headers_AreThoseOfTheRecordings()
    {
        using var unary = await PostAsync($"models/{Flash}:generateContent", Prompt("x"));
        using var stream = await PostAsync($"models/{Flash}:streamGenerateContent?alt=sse", Prompt("x"));

        Assert.Equal("application/json; charset=UTF-8", unary.Content.Headers.ContentType!.ToString());
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.ToString());
        Assert.Equal("scaffolding on HTTPServer2", string.Join(' ', unary.Headers.GetValues("server")));
        Assert.Equal(["Origin", "X-Origin", "Referer"], unary.Headers.Vary);
        Assert.Equal("attachment", stream.Content.Headers.ContentDisposition!.ToString());
        Assert.True(stream.Headers.TransferEncodingChunked);
        Assert.False(unary.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task Stream_Events_AreSpacedAndEndedAsRecorded()
    {
        var body = await StreamAsync("a text that is long enough for more than one event");

        Assert.StartsWith("data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Echo: a text\"}],\"role\": \"model\"},\"index\": 0}],\"usageMetadata\": {\"promptTokenCount\": ", body, StringComparison.Ordinal);
        Assert.EndsWith("\"}\r\n\r\n", body, StringComparison.Ordinal);
        var events = Events(body);
        Assert.True(events.Count > 1);
        Assert.Equal("Echo: a text that is long enough for more than one event", string.Concat(events.Select(one => (string?)Part(one)["text"])));
        Assert.All(events.SkipLast(1), one => Assert.Null(one["candidates"]![0]!["finishReason"]));
        Assert.Equal("STOP", (string?)events[^1]["candidates"]![0]!["finishReason"]);
    }

    [Fact]
    public async Task Stream_WithoutAltSse_IsOneJsonArray()
    {
        using var answer = await PostAsync($"models/{Flash}:streamGenerateContent", Prompt("[[long 3]]"));
        var body = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith("[{\n  \"candidates\": [\n", body, StringComparison.Ordinal);
        Assert.Contains("}\n,\r\n{", body, StringComparison.Ordinal);
        Assert.EndsWith("}\n]", body, StringComparison.Ordinal);
        Assert.Equal(3, JsonNode.Parse(body)!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Finishes))]
    public async Task Finish_Directive_NamesTheReason(string prompt, string reason)
    {
        Assert.Equal(reason, (string?)(await AskAsync(Prompt(prompt))).Body["candidates"]![0]!["finishReason"]);
        Assert.Equal(reason, (string?)Events(await StreamAsync(prompt))[^1]["candidates"]![0]!["finishReason"]);
    }

    [Fact]
    public async Task Block_PromptFeedbackWithoutCandidates()
    {
        var (status, body) = await AskAsync(Prompt("[[block SAFETY]]"));

        Assert.Equal((200, "SAFETY", false), (status, (string?)body["promptFeedback"]!["blockReason"], body.AsObject().ContainsKey("candidates")));
        Assert.Equal("SAFETY", (string?)Assert.Single(Events(await StreamAsync("[[block SAFETY]]")))["promptFeedback"]!["blockReason"]);
    }

    [Fact]
    public async Task Think_ThoughtPartsAndTheirTokens()
    {
        var (_, body) = await AskAsync(Prompt("x", "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}"));

        Assert.True((bool)Part(body)["thought"]!);
        Assert.Equal("Echo: x", (string?)Part(body, 1)["text"]);
        var usage = body["usageMetadata"]!;
        Assert.Equal(usage["totalTokenCount"]!.GetValue<int>(), usage["promptTokenCount"]!.GetValue<int>() + usage["candidatesTokenCount"]!.GetValue<int>() + usage["thoughtsTokenCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Search_OffsetsCountBytes()
    {
        var events = Events(await StreamAsync("[[search]]"));
        var text = Encoding.UTF8.GetBytes(string.Concat(events.Select(one => (string?)Part(one)["text"])));

        foreach (var support in events[^1]["candidates"]![0]!["groundingMetadata"]!["groundingSupports"]!.AsArray())
        {
            var (start, end) = (support!["segment"]!["startIndex"]?.GetValue<int>() ?? 0, support["segment"]!["endIndex"]!.GetValue<int>());
            Assert.Equal((string?)support["segment"]!["text"], Encoding.UTF8.GetString(text[start..end]));
        }
    }

    [Fact]
    public async Task ImageCodeAndSpeech_HaveTheirParts()
    {
        Assert.Equal("image/png", (string?)Part((await AskAsync(Prompt("[[image]]"))).Body, 1)["inlineData"]!["mimeType"]);
        var code = (await AskAsync(Prompt("[[code]]"))).Body;
        Assert.Equal(("PYTHON", "OUTCOME_OK"), ((string?)Part(code)["executableCode"]!["language"], (string?)Part(code, 1)["codeExecutionResult"]!["outcome"]));
        Assert.StartsWith("audio/L16", (string?)Part((await AskAsync(Prompt("x"), "gemini-2.5-flash-preview-tts")).Body)["inlineData"]!["mimeType"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_SatisfiesTheSchema()
    {
        const string Schema = """{"type":"object","properties":{"kind":{"enum":["b","a"]},"items":{"type":"array","minItems":2,"items":{"$ref":"#/$defs/n"}},"maybe":{"anyOf":[{"type":"null"},{"type":"boolean"}]}},"$defs":{"n":{"type":"number","maximum":1}}}""";
        var (_, body) = await AskAsync(Prompt("x", $"\"generationConfig\":{{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{Schema}}}"));

        Assert.Equal("""{"kind":"b","items":[1,1],"maybe":true}""", JsonNode.Parse((string)Part(body)["text"]!)!.ToJsonString());
    }

    [Fact]
    public async Task Config_StopAndMaximumAndCandidates_AreHonoured()
    {
        Assert.Equal("Echo: one ", (string?)Part((await AskAsync(Prompt("one STOP two", "\"generationConfig\":{\"stopSequences\":[\"STOP\"]}"))).Body)["text"]);
        var cut = (await AskAsync(Prompt("a long enough text", "\"generation_config\":{\"max_output_tokens\":2}"))).Body;
        Assert.Equal(("Echo: a ", "MAX_TOKENS"), ((string?)Part(cut)["text"], (string?)cut["candidates"]![0]!["finishReason"]));
        Assert.Equal([0, 1, 2], (await AskAsync(Prompt("x", "\"generationConfig\":{\"candidateCount\":3}"))).Body["candidates"]!.AsArray().Select(one => one!["index"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Embeddings_SameTextSameVector_LengthsAsRecorded()
    {
        const string One = """{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"x"}]},"outputDimensionality":768}""";
        var single = (await AskAsync(One, "gemini-embedding-001", "embedContent")).Body["embedding"]!["values"]!.AsArray();
        var batch = (await AskAsync($$"""{"requests":[{{One}},{{One}}]}""", "gemini-embedding-001", "batchEmbedContents")).Body["embeddings"]!.AsArray();
        var tooMany = await AskAsync($$"""{"requests":[{{string.Join(',', Enumerable.Repeat(One, 101))}}]}""", "gemini-embedding-001", "batchEmbedContents");

        Assert.Equal(2, batch.Count);
        Assert.Equal(single.ToJsonString(), batch[1]!["values"]!.ToJsonString());
        Assert.Equal(0.5677, Math.Sqrt(single.Sum(value => Math.Pow(value!.GetValue<double>(), 2))), 3);
        Assert.Equal(400, tooMany.Status);
    }

    [Fact]
    public async Task Models_InPages_AreAllThereOnce()
    {
        var names = new List<string>();
        for (string? token = ""; token is not null;)
        {
            var page = JsonNode.Parse(await (await GetAsync($"/v1beta/models?pageSize=7&pageToken={token}", ("x-goog-api-key", Key))).Content.ReadAsStringAsync())!;
            names.AddRange(page["models"]!.AsArray().Select(model => (string)model!["name"]!));
            token = (string?)page["nextPageToken"];
        }

        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.Contains("models/" + Flash, names);
        Assert.Equal(25, names.Count);
    }

    [Fact]
    public async Task Compatible_ChatStreamEmbeddingsAndModels_HaveGooglesShapes()
    {
        var bearer = new AuthenticationHeaderValue("Bearer", Key);
        const string Chat = """{"model":"models/gemini-3.6-flash","messages":[{"role":"user","content":"weather"}],"tools":[{"type":"function","function":{"name":"get_weather"}}]""";
        var unary = JsonNode.Parse(await (await PostRawAsync("/v1beta/openai/chat/completions", Chat + "}", bearer)).Content.ReadAsStringAsync())!;
        var stream = await (await PostRawAsync("/v1beta/openai/chat/completions", Chat + ",\"stream\":true}", bearer)).Content.ReadAsStringAsync();
        var unknown = await PostRawAsync("/v1beta/openai/chat/completions", Chat + ",\"frequency_penalty\":1}", bearer);
        var embeddings = JsonNode.Parse(await (await PostRawAsync("/v1beta/openai/embeddings", """{"model":"gemini-embedding-001","input":["a","b"],"dimensions":4}""", bearer)).Content.ReadAsStringAsync())!;
        var models = JsonNode.Parse(await (await GetAsync("/v1beta/openai/models", ("Authorization", "Bearer " + Key))).Content.ReadAsStringAsync())!;

        var call = unary["choices"]![0]!["message"]!["tool_calls"]![0]!;
        Assert.Equal(("tool_calls", "get_weather", "{}"), ((string?)unary["choices"]![0]!["finish_reason"], (string?)call["function"]!["name"], (string?)call["function"]!["arguments"]));
        Assert.StartsWith("function-call-", (string?)call["id"], StringComparison.Ordinal);
        Assert.NotNull(call["extra_content"]!["google"]!["thought_signature"]);
        Assert.EndsWith("data: [DONE]\n\n", stream, StringComparison.Ordinal);
        Assert.Equal(400, (int)unknown.StatusCode);
        Assert.Equal(4, embeddings["data"]![1]!["embedding"]!.AsArray().Count);
        Assert.Equal("models/gemini-2.0-flash", (string?)models["data"]![0]!["id"]);
    }

    [Fact]
    public async Task Requests_AreRecordedAsTheyCame()
    {
        await AskAsync(Prompt("ü"));
        using var answer = await PostAsync($"models/{Flash}%3AgenerateContent?$unknown=1", Prompt("x"));

        Assert.Equal(2, Server.Requests.Count);
        Assert.Equal((Prompt("ü"), Key, "POST"), (Server.Requests[0].BodyText, Server.Requests[0].Headers["x-goog-api-key"], Server.Requests[0].Method));
        Assert.Equal(($"/v1beta/models/{Flash}%3AgenerateContent", "$unknown=1"), (Server.Requests[1].Path, Server.Requests[1].Query));
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
