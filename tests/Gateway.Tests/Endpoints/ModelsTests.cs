using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class ModelsTests
{
    private const string Page1 = "{ \"models\":[ {\"name\": \"models/gemini-a\",\"new\" : 1e9},\n {\"name\": \"models/gemini-b\"}], \"nextPageToken\":\"p/2\" ,\"more\":[ ]}";
    private const string Page2 = "{\"models\": [{\"name\": \"models/gemini-c\"}]}";

    private const string All = "{\"models\":[{\"name\": \"models/gemini-a\",\"new\" : 1e9},{\"name\": \"models/gemini-b\"},{\"name\": \"models/gemini-c\"}]}";

    [Fact]
    public async Task Google_List_HoldsTheUpstreamsBytesAndIsKeptForAWhile()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await StartAsync(time);

        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.Client.GetAsync("/v1beta/models?key=whatever");
            Assert.Equal(All, await response.Content.ReadAsStringAsync());
            Assert.Equal(Answers.Json, response.Content.Headers.NonValidated["Content-Type"].ToString());
        }

        // Two pages of each of three keys.
        Assert.Equal(6, gateway.Upstream.Calls.Count);
        Assert.Equal(3, gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct().Count());
        time.Advance(Limits.ModelListLifetime);
        using var later = await gateway.Client.GetAsync("/gemini/v1beta/models/");
        Assert.Equal(All, await later.Content.ReadAsStringAsync());
        Assert.InRange(gateway.Upstream.Calls.Count, 8, 12);
        Assert.All(gateway.Pool.Kinds, kind => Assert.Equal(CallOutcomeKind.Succeeded, kind));
    }

    [Fact]
    public async Task Google_List_InPages_EndsWithTheLast()
    {
        await using var gateway = await StartAsync();

        using var first = await gateway.Client.GetAsync("/v1beta/models?pageSize=2");
        using var second = await gateway.Client.GetAsync("/v1beta/models?pageSize=2&pageToken=2");
        using var wrong = await gateway.Client.GetAsync("/v1beta/models?pageToken=p%2F2");

        Assert.Equal(
            "{\"models\":[{\"name\": \"models/gemini-a\",\"new\" : 1e9},{\"name\": \"models/gemini-b\"}],\"nextPageToken\":\"2\"}", await first.Content.ReadAsStringAsync());
        Assert.Equal("{\"models\":[{\"name\": \"models/gemini-c\"}]}", await second.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Google_ListUnderV1_IsGooglesShapeForGooglesClients()
    {
        await using var gateway = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-goog-api-client", "google-genai-sdk/3.1.0 gl-node/v20");

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(All, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Google_List_LosesFilteredModelsOnly()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-b" } });

        using var response = await gateway.Client.GetAsync("/v1beta/models");

        Assert.Equal("{\"models\":[{\"name\": \"models/gemini-a\",\"new\" : 1e9},{\"name\": \"models/gemini-c\"}]}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Google_FilteredModel_IsNeitherShownNorServed()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-b" } });

        using var shown = await gateway.Client.GetAsync("/v1beta/models/gemini-b");
        using var served = await gateway.Client.PostAsync("/v1beta/models/gemini-b:generateContent", new StringContent("{}"));
        using var forwarded = await gateway.Client.PostAsync("/openai/v1/chat/completions", new StringContent("{\"model\":\"models/gemini-b\"}"));

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, served.StatusCode, forwarded.StatusCode));
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Google_Get_IsTheUpstreamsBytes()
    {
        await using var gateway = await StartAsync();

        using var response = await gateway.Client.GetAsync("/v1beta/models/gemini-a");

        Assert.Equal("{\"name\" :\"models/gemini-a\"}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/hf/v1")]
    public async Task OpenAI_List_HoldsEveryPage(string prefix)
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-b" } });

        using var response = await gateway.Client.GetAsync(prefix + "/models");

        using var list = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("list", list.RootElement.GetProperty("object").GetString());
        Assert.Equal(["gemini-a", "gemini-c"], list.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(["/v1beta/models?pageSize=1000", "/v1beta/models?pageSize=1000&pageToken=p%2F2"], gateway.Upstream.Calls.Select(call => call.Target).Distinct());
    }

    [Theory]
    [InlineData("gemini-c", 200)]
    [InlineData("gemini-c-thinking-99", 200)]
    [InlineData("models/gemini-c", 200)]
    [InlineData("models%2Fgemini-c/", 200)]
    [InlineData("gemini-z", 404)]
    public async Task OpenAI_Get_FindsTheModelOrSaysThereIsNone(string id, int status)
    {
        await using var gateway = await StartAsync();

        using var response = await gateway.Client.GetAsync("/v1/models/" + id);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(status == 200 ? "model" : "model_not_found", status == 200
            ? body.RootElement.GetProperty("object").GetString()
            : body.RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task List_UpstreamFails_IsNotKept()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE")),
            context => ScriptedUpstream.WriteAsync(context, 200, Page2));

        using var failed = await gateway.Client.GetAsync("/v1/models");
        using var served = await gateway.Client.GetAsync("/v1/models");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (failed.StatusCode, served.StatusCode));
    }

    private static async Task<GatewayUnderTest> StartAsync(TimeProvider? time = null)
    {
        var gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(
            context,
            200,
            call.Target.Contains("/models/gemini-a", StringComparison.Ordinal) ? "{\"name\" :\"models/gemini-a\"}"
            : call.Target.Contains("pageToken", StringComparison.Ordinal) ? Page2 : Page1);
        return gateway;
    }
}
