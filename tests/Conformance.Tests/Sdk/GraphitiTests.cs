using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>What Graphiti sends, by its wire form, and what it needs of the answers: https://github.com/getzep/graphiti, graphiti_core/llm_client and cross_encoder.</summary>
public sealed class GraphitiTests : ConformanceTest
{
    private const string Schema = """
        {"$defs":{"Entity":{"properties":{"name":{"title":"Name","type":"string"},"kind":{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"title":"Kind"}},"required":["name"],"title":"Entity","type":"object"}},
         "properties":{"entities":{"items":{"$ref":"#/$defs/Entity"},"title":"Entities","type":"array"}},"required":["entities"],"title":"ExtractedEntities","type":"object"}
        """;

    public static TheoryData<string> Models => ["gemini-2.5-flash", "gemini-3.6-flash"];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task OpenAIClient_ParsesResponsesOfAStrictSchema(string model)
    {
        var answer = await PostAsync("responses", $$$"""
            {"model":"{{{model}}}","temperature":0,"max_output_tokens":16384,"input":[{"role":"system","content":"You extract."},{"role":"user","content":"Anna met Bo."}],
             "text":{"format":{"type":"json_schema","name":"ExtractedEntities","strict":true,"schema":{{{Schema}}} } } }
            """);

        var message = answer["output"]!.AsArray().Single(item => (string)item!["type"]! == "message")!;
        AssertEntities((string)message["content"]![0]!["text"]!);
        Assert.Equal("completed", (string)answer["status"]!);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task GenericClient_GetsPlainJsonOfPydanticsSchema(string model)
    {
        var answer = await PostAsync("chat/completions", $$$"""
            {"model":"{{{model}}}","temperature":0,"max_tokens":16384,"messages":[{"role":"system","content":"You extract."},{"role":"user","content":"Anna met Bo."}],
             "response_format":{"type":"json_schema","json_schema":{"name":"ExtractedEntities","schema":{{{Schema}}} } } }
            """);

        AssertEntities((string)answer["choices"]![0]!["message"]!["content"]!);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task GenericClient_InJsonMode_GetsAnObject(string model)
    {
        var answer = await PostAsync("chat/completions", $$"""
            {"model":"{{model}}","temperature":1,"max_tokens":8192,"messages":[{"role":"user","content":"Summarise as JSON."}],"response_format":{"type":"json_object"} }
            """);

        Assert.IsType<JsonObject>(JsonNode.Parse((string)answer["choices"]![0]!["message"]!["content"]!));
    }

    [Theory]
    [InlineData("gemini-2.5-flash")]
    [InlineData("gemini-2.5-flash-lite")]
    public async Task Reranker_ReadsTheProbabilityOfOneToken(string model)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync("chat/completions", $$"""
            {"model":"{{model}}","temperature":0,"max_tokens":1,"logit_bias":{"6432":1,"7983":1},"logprobs":true,"top_logprobs":2,
             "messages":[{"role":"system","content":"You rank."},{"role":"user","content":"Respond with True or False: passage {{i}}."}]}
            """)));

        Assert.All(answers, answer =>
        {
            var top = answer["choices"]![0]!["logprobs"]!["content"]![0]!["top_logprobs"]!.AsArray();
            Assert.Equal(2, top.Count);
            Assert.All(top, entry => Assert.True(((string)entry!["token"]!).Length > 0 && (double)entry["logprob"]! <= 0));
        });
    }

    [Fact]
    public async Task Reranker_OfAModelThatMustThink_GetsNoProbabilitiesInsteadOfAnEmptyList()
    {
        var answer = await PostAsync("chat/completions", """
            {"model":"gemini-2.5-pro","temperature":0,"max_tokens":1,"logprobs":true,"top_logprobs":2,"messages":[{"role":"user","content":"Respond with True or False."}]}
            """);

        Assert.True(answer["choices"]![0]!.AsObject().TryGetPropertyValue("logprobs", out var logprobs) && logprobs is null);
        Assert.Equal("length", (string)answer["choices"]![0]!["finish_reason"]!);
    }

    [Fact]
    public async Task Embedder_SendsAllTextsAtOnce_AndCutsTheVectorsItself()
    {
        var texts = string.Join(',', Enumerable.Range(0, 120).Select(i => $"\"fact {i}\""));

        var answer = await PostAsync("embeddings", $$"""{"model":"gemini-embedding-001","input":[{{texts}}],"encoding_format":"base64"}""");

        var vectors = answer["data"]!.AsArray().Select(entry => (string)entry!["embedding"]!).ToList();
        Assert.Equal((120, 120), (vectors.Count, vectors.Distinct(StringComparer.Ordinal).Count()));
        Assert.All(vectors, vector => Assert.True(Convert.FromBase64String(vector).Length / sizeof(float) >= 1024));
        Assert.Equal(Enumerable.Range(0, 120), answer["data"]!.AsArray().Select(entry => (int)entry!["index"]!));
    }

    private static void AssertEntities(string text)
    {
        var entities = JsonNode.Parse(text)!["entities"]!.AsArray();
        Assert.NotEmpty(entities);
        Assert.All(entities, entity => Assert.Equal(System.Text.Json.JsonValueKind.String, entity!["name"]!.GetValueKind()));
    }

    private async Task<JsonNode> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ComposedGateway.ClientToken);
        using var response = await Gateway.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
