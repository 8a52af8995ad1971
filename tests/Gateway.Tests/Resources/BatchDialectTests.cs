using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>Batches of other requests than chats: to the upstream's lines and back.</summary>
public sealed class BatchDialectTests
{
    [Fact]
    public async Task Embeddings_OfSeveralTexts_AreOneRequestEach_AndOneAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var (sent, note) = await TranslateAsync(gateway, Line("a", "/v1/embeddings", """{"model":"gemini-embedding-001","input":["one","two"],"dimensions":4,"encoding_format":"base64"}"""));

        Assert.Equal(
            ["""{"key":"b0/2/1:a","request":{"content":{"parts":[{"text":"one"}]},"outputDimensionality":4}}""", """{"key":"b1/2/1:a","request":{"content":{"parts":[{"text":"two"}]},"outputDimensionality":4}}"""],
            sent);
        Assert.Equal(("/v1/embeddings", 1, 2), (note.Endpoint, note.Lines!.Value, note.Requests!.Value));

        var answer = Assert.Single(Answers(gateway, note, """
            {"key":"b1/2/1:a","response":{"embedding":{"values":[0,2]},"tokenCount":"3"}}
            {"key":"b0/2/1:a","response":{"embedding":{"values":[3,4]},"tokenCount":"5"}}
            """));

        Assert.Equal(("a", 200), ((string)answer["custom_id"]!, (int)answer["response"]!["status_code"]!));
        var body = answer["response"]!["body"]!;
        Assert.Equal(("list", "gemini-embedding-001", 8), ((string)body["object"]!, (string)body["model"]!, (int)body["usage"]!["total_tokens"]!));
        Assert.Equal([[0.6f, 0.8f], [0f, 1f]], body["data"]!.AsArray().Select(one => Floats((string)one!["embedding"]!)));
    }

    [Fact]
    public async Task Embeddings_OfALineOfWhichOneTextFailed_AreAFailure_AsIsALineThatNeverCame()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var answers = Answers(gateway, new OpenAINote { Endpoint = "/v1/embeddings", Model = "m", UpstreamModel = "m" }, """
            {"key":"f0/2/1:a","response":{"embedding":{"values":[1]}}}
            {"key":"f1/2/1:a","error":{"code":3,"message":"too long"}}
            {"key":"f0/1/7:b:c","response":{"embedding":{"values":[1]}}}
            {"key":"f0/2/1:d","response":{"embedding":{"values":[1]}}}
            """);

        Assert.Equal([("a", 400), ("b:c", 200), ("d", 500)], answers.Select(answer => ((string)answer["custom_id"]!, (int)answer["response"]!["status_code"]!)));
        Assert.Equal(7, (int)answers[1]["response"]!["body"]!["usage"]!["prompt_tokens"]!); // Nobody has counted: the estimate.
    }

    [Fact]
    public async Task Responses_RepeatWhatTheyWereAsked_EachOfItsOwnLine()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string Tools = """[{"type":"function","name":"go","parameters":{"type":"object","properties":{}},"strict":false}]""";
        var (sent, note) = await TranslateAsync(
            gateway,
            Line("a", "/v1/responses", """{"model":"gemini-x","input":"Hi","instructions":"Be short.","metadata":{"run":"7"}}"""),
            Line("b", "/v1/responses", $$"""{"model":"gemini-x","input":[{"role":"user","content":"Go"}],"parallel_tool_calls":false,"tools":{{Tools}}}"""),
            Line("c", "/v1/responses", """{"model":"gemini-x","input":"Ho","instructions":"Be short.","metadata":{"run":"7"}}"""));

        Assert.Equal(["0:a", "1:b", "0:c"], sent.Select(line => (string)JsonNode.Parse(line)!["key"]!));
        Assert.Equal("Be short.", (string)JsonNode.Parse(sent[0])!["request"]!["systemInstruction"]!["parts"]![0]!["text"]!);

        var answers = Answers(gateway, note, """
            {"key":"1:b","response":{"candidates":[{"content":{"parts":[{"functionCall":{"name":"go","args":{}}},{"functionCall":{"name":"go","args":{}}}]},"finishReason":"STOP"}]}}
            {"key":"0:c","response":{"candidates":[{"content":{"parts":[{"text":"Ho ho"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":3}}}
            """);

        Assert.Equal(["b", "c"], answers.Select(answer => (string)answer["custom_id"]!));
        var (call, text) = (answers[0]["response"]!["body"]!, answers[1]["response"]!["body"]!);
        Assert.Equal("function_call", (string)Assert.Single(call["output"]!.AsArray())!["type"]!);
        Assert.Equal((Tools, false), (call["tools"]!.ToJsonString(), (bool)call["parallel_tool_calls"]!));
        Assert.Equal(("response", "completed", "Be short.", "7", false), ((string)text["object"]!, (string)text["status"]!, (string)text["instructions"]!, (string)text["metadata"]!["run"]!, (bool)text["store"]!));
        Assert.Equal(("Ho ho", 5), ((string)text["output"]![0]!["content"]![0]!["text"]!, (int)text["usage"]!["total_tokens"]!));
    }

    [Fact]
    public async Task Responses_ThatAskTooDifferently_KeepWhatMatters()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var large = new string('x', BatchLimits.HeadCharsMax);

        var (_, note) = await TranslateAsync(gateway, Line("a", "/v1/responses", $$"""{"model":"gemini-x","input":"Hi","instructions":"{{large}}","include":["reasoning.encrypted_content"]}"""));

        Assert.Equal(["""{"model":"gemini-x","include":["reasoning.encrypted_content"],"input":"-"}"""], note.Heads);
    }

    [Fact]
    public async Task Completions_AreText()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var (sent, note) = await TranslateAsync(gateway, Line("a", "/v1/completions", """{"model":"gemini-x","prompt":"Once"}"""));

        var answer = Assert.Single(Answers(gateway, note, """{"key":"a","response":{"candidates":[{"content":{"parts":[{"text":" upon"}]},"finishReason":"STOP"}]}}"""));

        Assert.Contains("Once", Assert.Single(sent), StringComparison.Ordinal);
        Assert.Equal(("text_completion", " upon"), ((string)answer["response"]!["body"]!["object"]!, (string)answer["response"]!["body"]!["choices"]![0]!["text"]!));
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"gemini-x","prompt":["a","b"]}""", "one prompt")]
    [InlineData("/v1/moderations", """{"model":"gemini-x"}""", "/v1/moderations")]
    [InlineData("/v1/responses", """{"model":"gemini-x","input":"Hi","tools":[{"type":"mcp"}]}""", "mcp")]
    [InlineData("/v1/responses", """{"model":"gemini-x","input":[{"role":"alien","content":"Hi"}]}""", "input[0]")]
    public async Task WhatCannotBe_IsSaid(string url, string body, string expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var fault = await Assert.ThrowsAsync<TranslationException>(() => TranslateAsync(gateway, Line("a", url, body)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinesForAnotherEndpoint_AreRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var fault = await Assert.ThrowsAsync<TranslationException>(() => TranslateAsync(
            gateway, Line("a", "/v1/completions", """{"model":"gemini-x","prompt":"a"}"""), Line("b", "/v1/embeddings", """{"model":"gemini-x","input":"a"}""")));

        Assert.Equal("is for /v1/embeddings, the lines before for /v1/completions. One batch asks for one: make a file for each.", fault.Message);
    }

    private static string Line(string id, string url, string body) => $$"""{"custom_id":"{{id}}","method":"POST","url":"{{url}}","body":{{body}}}""";

    private static async Task<(string[] Sent, OpenAINote Note)> TranslateAsync(GatewayUnderTest gateway, params string[] lines)
    {
        var translator = gateway.Services.GetRequiredService<BatchDialects>().NewTranslator(gateway.Services.GetRequiredService<ISettingsSource>().Current, "c");
        var sent = new StringBuilder();
        foreach (var line in lines)
        {
            sent.Append(Encoding.UTF8.GetString(await translator.TranslateAsync(Encoding.UTF8.GetBytes(line), CancellationToken.None)));
        }

        return (sent.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), translator.Note);
    }

    private static List<JsonNode> Answers(GatewayUnderTest gateway, OpenAINote note, string lines)
    {
        using var answers = gateway.Services.GetRequiredService<BatchDialects>().NewAnswers(note, BatchPart.All, DateTimeOffset.UnixEpoch, "c");
        var output = new ArrayBufferWriter<byte>();
        answers.Take(Encoding.UTF8.GetBytes(lines), output);
        answers.End(output);
        return [.. Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!)];
    }

    private static float[] Floats(string base64) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64)).ToArray();
}
