using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Models;

/// <summary>Names with suffixes, aliases and the operator's defaults, from the client's call to the upstream's.</summary>
public sealed class ModelNameTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Odd = "{ \"contents\" :[{\"parts\":[{\"text\":\"\\u0068i\"}]}] ,\"new\":1e1 }";

    [Theory]
    [InlineData("gemini-2.5-flash-search", "gemini-2.5-flash", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"tools":[{"googleSearch":{}}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}""")]
    [InlineData("models/gemini-2.5-flash-non-thinking-search", "gemini-2.5-flash", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"tools":[{"googleSearch":{}}],"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}}""")]
    [InlineData("quick", "gemini-2.5-flash-lite", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}}""")]
    [InlineData("gpt-4o-mini", "gemini-2.5-flash", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}""")]
    [InlineData("gemini-2.5-flash-image", "gemini-2.5-flash-image", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"responseModalities":["TEXT","IMAGE"]}}""")]
    public async Task OpenAI_Name_SaysModelAndFeatures(string name, string model, string expected)
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { SafetySettings = [] });

        using var response = await PostAsync(gateway, Chat, $$"""{"model":"{{name}}","messages":[{"role":"user","content":"hi"}]}""");

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal($"/v1beta/models/{model}:generateContent", call.Target);
        Assert.Equal(expected, Encoding.UTF8.GetString(call.Body));
        Assert.Equal(model, Assert.Single(gateway.Pool.Requests).Model);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(name, answer.RootElement.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("gemini-2.5-flash:generateContent")]
    [InlineData("gemini-2.5-flash:streamGenerateContent?alt=sse")]
    [InlineData("gemini-2.5-flash-image:generateContent")]
    [InlineData("gemini-2.5-flash:countTokens")]
    public async Task Native_PlainName_WithoutSettings_IsByteFaithful(string path)
    {
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, "/v1beta/models/" + path, Odd);

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/" + path, call.Target);
        Assert.Equal(Odd, Encoding.UTF8.GetString(call.Body));
    }

    [Theory]
    [InlineData("gemini-2.5-flash-search:generateContent", "gemini-2.5-flash:generateContent", ",\"tools\":[{\"googleSearch\":{}}]}")]
    [InlineData("gemini-2.5-flash-search:streamGenerateContent?alt=sse", "gemini-2.5-flash:streamGenerateContent?alt=sse", ",\"tools\":[{\"googleSearch\":{}}]}")]
    [InlineData("gemini-2.5-flash-thinking-9:generateContent", "gemini-2.5-flash:generateContent", ",\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingBudget\":9}}}")]
    [InlineData("quick:countTokens", "gemini-2.5-flash-lite:countTokens", "}")]
    public async Task Native_NameWithSuffix_IsAddedToTheRequest(string path, string expected, string added)
    {
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, "/v1beta/models/" + path, Odd);

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/" + expected, call.Target);
        Assert.Equal("{\"contents\":[{\"parts\":[{\"text\":\"\\u0068i\"}]}],\"new\":1e1" + added, Encoding.UTF8.GetString(call.Body));
    }

    [Fact]
    public async Task Native_EmbeddingsByAlias_NameTheModelEverywhere()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { Models = settings.Models with { Aliases = new Dictionary<string, string> { ["ada"] = "gemini-embedding-001" } } });

        using var native = await PostAsync(gateway, "/v1beta/models/ada:batchEmbedContents", """{"requests":[{"model":"models/ada","content":{}}]}""");
        using var openAI = await PostAsync(gateway, "/v1/embeddings", """{"model":"ada","input":"x"}""");

        Assert.Equal(["/v1beta/models/gemini-embedding-001:batchEmbedContents", "/v1beta/models/gemini-embedding-001:batchEmbedContents"], gateway.Upstream.Calls.Select(call => call.Target));
        Assert.All(gateway.Upstream.Calls, call => Assert.Contains("\"models/gemini-embedding-001\"", Encoding.UTF8.GetString(call.Body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task SafetySettings_AreForCallsWithoutAny_OnBothFaces()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { SafetySettings = [new SafetySetting("HARM_CATEGORY_HARASSMENT", "OFF")] });
        const string Own = """{"contents":[], "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]}""";

        (await PostAsync(gateway, "/v1beta/models/gemini-2.5-flash:generateContent", """{"contents":[]}""")).Dispose();
        (await PostAsync(gateway, "/v1beta/models/gemini-2.5-flash:generateContent", Own)).Dispose();
        (await PostAsync(gateway, Chat, """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""")).Dispose();
        (await PostAsync(gateway, "/v1beta/models/gemini-2.5-flash:countTokens", """{"contents":[]}""")).Dispose();

        const string Default = "\"safetySettings\":[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"OFF\"}]";
        var bodies = gateway.Upstream.Calls.Select(call => Encoding.UTF8.GetString(call.Body)).ToList();
        Assert.Equal("{\"contents\":[]," + Default + "}", bodies[0]);
        Assert.Equal(Own, bodies[1]);
        Assert.Contains(Default, bodies[2], StringComparison.Ordinal);
        Assert.Equal("""{"contents":[]}""", bodies[3]);
    }

    [Fact]
    public async Task SafetySettings_NotWritten_AreForTranslatedChatsAlone()
    {
        await using var gateway = await StartAsync();
        const string Native = """{ "contents":[] , "fieldOfTomorrow":1.0 }""";

        (await PostAsync(gateway, "/v1beta/models/gemini-2.5-flash:generateContent", Native)).Dispose();
        (await PostAsync(gateway, Chat, """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""")).Dispose();
        gateway.Settings.Change(settings => settings with { SafetySettings = [] });
        (await PostAsync(gateway, Chat, """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""")).Dispose();

        var bodies = gateway.Upstream.Calls.Select(call => Encoding.UTF8.GetString(call.Body)).ToList();
        Assert.Equal(Native, bodies[0]);
        Assert.Contains("{\"category\":\"HARM_CATEGORY_CIVIC_INTEGRITY\",\"threshold\":\"BLOCK_NONE\"}]", bodies[1], StringComparison.Ordinal);
        Assert.Equal(4, bodies[1].Split("\"OFF\"").Length - 1);
        Assert.DoesNotContain("safetySettings", bodies[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_FollowTheSettings_FromTheNextCallOn()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with
        {
            Models = settings.Models with { OffersCodeExecution = true, OffersUrlContext = true, ThinkingBudgets = new Dictionary<string, int> { ["gemini-2.5-pro"] = 5 } },
        });

        (await PostAsync(gateway, "/v1beta/models/gemini-2.5-pro:generateContent", "{}")).Dispose();
        (await PostAsync(gateway, "/v1beta/models/gemini-2.9-pro:generateContent", "{}")).Dispose();

        Assert.Equal(
            [
                """{"tools":[{"urlContext":{}},{"codeExecution":{}}],"generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingBudget":128}}}""",
                """{"tools":[{"codeExecution":{}}]}""",
            ],
            gateway.Upstream.Calls.Select(call => Encoding.UTF8.GetString(call.Body)));
    }

    [Theory]
    [InlineData("/v1beta/models/gemini-2.5-flash-lite-search:generateContent", "{}")]
    [InlineData(Chat, """{"model":"gemini-2.5-flash-lite-search","messages":[{"role":"user","content":"hi"}]}""")]
    public async Task Search_OfModelThatIsNotSetUp_IsRefusedWithTheWayOut(string path, string body)
    {
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("SEARCH_MODELS", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData("gemini-2.5-flash")]
    [InlineData("gemini-2.5-flash-search")]
    [InlineData("gpt-4o")]
    public async Task FilteredModel_IsNotServedUnderAnyName(string name)
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-2.5-flash" } });

        using var native = await PostAsync(gateway, $"/v1beta/models/{name}:generateContent", "{}");
        using var openAI = await PostAsync(gateway, Chat, $$"""{"model":"{{name}}","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (native.StatusCode, openAI.StatusCode));
        Assert.Empty(gateway.Upstream.Calls);
    }

    private static async Task<GatewayUnderTest> StartAsync()
    {
        var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with
        {
            Models = settings.Models with
            {
                Aliases = new Dictionary<string, string> { ["quick"] = "gemini-2.5-flash-lite-non-thinking" },
                Map = new Dictionary<string, string> { ["gpt-*"] = "gemini-2.5-flash" },
            },
        });
        gateway.Upstream.Always(200, """{"candidates":[{"content":{"parts":[{"text":"ok"}]},"finishReason":"STOP"}],"embeddings":[{"values":[1]}]}""");
        return gateway;
    }

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await gateway.Client.PostAsync(path, content);
    }
}
