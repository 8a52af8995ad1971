using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Models;

/// <summary>What Graphiti sends through the OpenAI SDK, by its wire form, and what it reads of the answers.</summary>
public sealed class GraphitiTests
{
    [Fact]
    public async Task Extraction_WithPydanticsSchema_ComesBackAsPlainJson()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, """{"candidates":[{"content":{"parts":[{"text":"{\"entities\":[]}"}]},"finishReason":"STOP"}]}""");

        var answer = await PostAsync(gateway, "/v1/chat/completions", """
            {"model":"gemini-2.5-flash","temperature":0,"max_tokens":16384,
             "messages":[{"role":"system","content":"You extract."},{"role":"user","content":"Anna met Bo."}],
             "response_format":{"type":"json_schema","json_schema":{"name":"ExtractedEntities","schema":{
               "$defs":{"Entity":{"properties":{"name":{"title":"Name","type":"string"},"kind":{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"title":"Kind"}},"required":["name"],"title":"Entity","type":"object"}},
               "properties":{"entities":{"items":{"$ref":"#/$defs/Entity"},"title":"Entities","type":"array"}},"required":["entities"],"title":"ExtractedEntities","type":"object"}}}}
            """);

        var config = Sent(gateway)["generationConfig"]!;
        Assert.Equal("application/json", (string)config["responseMimeType"]!);
        Assert.Equal("object", (string)config["responseJsonSchema"]!["type"]!, ignoreCase: true);
        Assert.Equal((16_384, 0), ((int)config["maxOutputTokens"]!, (int)config["temperature"]!));
        Assert.Equal("{\"entities\":[]}", (string)answer["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Extraction_InJsonMode_AsksForJson()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        await PostAsync(gateway, "/v1/chat/completions", """
            {"model":"gemini-2.5-flash","temperature":1,"max_tokens":8192,"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}
            """);

        Assert.Equal("application/json", (string)Sent(gateway)["generationConfig"]!["responseMimeType"]!);
    }

    [Fact]
    public async Task Reranker_WithOneToken_DoesNotThink_AndReadsLogProbabilities()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Models = settings.Models with { ThinkingBudgets = new Dictionary<string, int> { ["gemini-2.5-flash"] = 4096 } } });
        gateway.Upstream.Always(200, """
            {"candidates":[{"content":{"parts":[{"text":"True"}]},"finishReason":"MAX_TOKENS","logprobsResult":{
              "chosenCandidates":[{"token":"True","tokenId":1,"logProbability":-0.1}],
              "topCandidates":[{"candidates":[{"token":"True","tokenId":1,"logProbability":-0.1},{"token":"False","tokenId":2,"logProbability":-2.5}]}]}}]}
            """);

        var answer = await PostAsync(gateway, "/v1/chat/completions", """
            {"model":"gemini-2.5-flash","temperature":0,"max_tokens":1,"logit_bias":{"6432":1,"7983":1},"logprobs":true,"top_logprobs":2,
             "messages":[{"role":"system","content":"You rank."},{"role":"user","content":"Respond with True or False."}]}
            """);

        var config = Sent(gateway)["generationConfig"]!;
        Assert.Equal((1, 0, true, 2), ((int)config["maxOutputTokens"]!, (int)config["thinkingConfig"]!["thinkingBudget"]!, (bool)config["responseLogprobs"]!, (int)config["logprobs"]!));
        Assert.DoesNotContain("bias", Sent(gateway).ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var top = answer["choices"]![0]!["logprobs"]!["content"]![0]!["top_logprobs"]!.AsArray();
        Assert.Equal([("True", -0.1), ("False", -2.5)], top.Select(entry => ((string)entry!["token"]!, (double)entry["logprob"]!)));
        Assert.Equal("length", (string)answer["choices"]![0]!["finish_reason"]!);
    }

    [Fact]
    public async Task Embedder_WithAllTextsInOneCall_GetsBase64InOrder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(context, 200, new JsonObject
        {
            ["embeddings"] = new JsonArray([.. JsonNode.Parse(call.Body)!["requests"]!.AsArray().Select(
                request => new JsonObject { ["values"] = new JsonArray(1, float.Parse((string)request!["content"]!["parts"]![0]!["text"]!, System.Globalization.CultureInfo.InvariantCulture)) })]),
        }.ToJsonString());
        var texts = string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"{i}\""));

        var answer = await PostAsync(gateway, "/v1/embeddings", $$"""{"model":"gemini-embedding-001","input":[{{texts}}],"encoding_format":"base64"}""");

        // Vectors are brought to length 1, so the ratio tells them apart.
        Assert.Equal(Enumerable.Range(0, 150), answer["data"]!.AsArray().Select(entry =>
        {
            var bytes = Convert.FromBase64String((string)entry!["embedding"]!);
            return (int)MathF.Round(BitConverter.ToSingle(bytes, sizeof(float)) / BitConverter.ToSingle(bytes));
        }));
        Assert.Equal([100, 50], gateway.Upstream.Calls.Select(call => JsonNode.Parse(call.Body)!["requests"]!.AsArray().Count));
    }

    private static JsonNode Sent(GatewayUnderTest gateway) => JsonNode.Parse(gateway.Upstream.Calls[^1].Body)!;

    private static async Task<JsonNode> PostAsync(GatewayUnderTest gateway, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
