using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>A bug of another project that shows only with a whole gateway between a client and an upstream.</summary>
public abstract class KnownBugTest : ConformanceTest
{
    private protected const string Hello = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    /// <summary>Posts JSON, by default with the right token in the place of Google's clients.</summary>
    private protected async Task<HttpResponseMessage> PostAsync(string path, string json, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        (headers ?? (all => all.Add("x-goog-api-key", ComposedGateway.ClientToken)))(request.Headers);
        return await Gateway.Client.SendAsync(request);
    }

    private protected async Task<JsonNode> PostForJsonAsync(string path, string json)
    {
        using var response = await PostAsync(path, json);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }
}
