using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Authentication;

public sealed class ClientAuthenticationTests
{
    private static readonly (string Method, string Path, bool IsGoogle)[] Routes =
    [
        ("GET", "/v1/models", false),
        ("GET", "/v1/models/gemini-x", false),
        ("POST", "/v1/models/gemini-x:generateContent", true),
        ("POST", "/v1/chat/completions", false),
        ("POST", "/v1/embeddings", false),
        ("GET", "/v1/nothing/here", false),
        ("GET", "/hf/v1/models", false),
        ("POST", "/hf/v1/chat/completions", false),
        ("POST", "/openai/v1/chat/completions", false),
        ("GET", "/openai/v1/models", false),
        ("POST", "/v1beta/openai/chat/completions", false),
        ("GET", "/v1beta/models", true),
        ("GET", "/v1beta/models/gemini-x", true),
        ("POST", "/v1beta/models/gemini-x:generateContent", true),
        ("POST", "/v1beta/models/gemini-x:streamGenerateContent?alt=sse", true),
        ("POST", "/gemini/v1beta/models/gemini-x:countTokens", true),
        ("DELETE", "/v1beta/nothing", true),
    ];

    private static readonly (string Place, Action<HttpRequestMessage, string> Put)[] Places =
    [
        ("bearer", (request, token) => request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token)),
        ("lower-case bearer", (request, token) => request.Headers.TryAddWithoutValidation("authorization", "bearer  " + token)),
        ("x-goog-api-key", (request, token) => request.Headers.TryAddWithoutValidation("X-Goog-Api-Key", token)),
        ("x-api-key", (request, token) => request.Headers.TryAddWithoutValidation("x-api-key", token)),
        ("api-key", (request, token) => request.Headers.TryAddWithoutValidation("api-key", token)),
        ("query", (request, token) => request.RequestUri = new Uri(
            request.RequestUri + (request.RequestUri!.OriginalString.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "key=" + token)),
    ];

    [Fact]
    public async Task AnyRoute_TokenInAnyPlace_IsLetIn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var (method, path, _) in Routes)
        {
            foreach (var (place, put) in Places)
            {
                using var response = await SendAsync(gateway, method, path, request => put(request, GatewayUnderTest.Token));
                Assert.True(response.StatusCode != HttpStatusCode.Unauthorized, $"{method} {path} with {place}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong-token")]
    [InlineData(GatewayUnderTest.Token + "x")]
    public async Task AnyRoute_WrongTokenInAnyPlace_Is401InTheFacesShape(string token)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var (method, path, isGoogle) in Routes)
        {
            foreach (var (place, put) in Places)
            {
                using var response = await SendAsync(gateway, method, path, request => put(request, token));
                await AssertRejectedAsync(response, isGoogle, $"{method} {path} with {place}");
            }

            using var bare = await SendAsync(gateway, method, path, _ => { });
            await AssertRejectedAsync(bare, isGoogle, $"{method} {path} with nothing");
        }

        Assert.Empty(gateway.Upstream.Calls);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Credentials_OneOfManyIsValid_IsLetIn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await SendAsync(gateway, "POST", "/v1beta/models/gemini-x:countTokens?key=", request =>
        {
            request.Headers.TryAddWithoutValidation("x-goog-api-key", "");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong");
            request.Headers.TryAddWithoutValidation("x-api-key", GatewayUnderTest.Token);
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TestTokens.ClientId, Assert.Single(gateway.Pool.Requests).ClientId);
    }

    [Fact]
    public async Task Credentials_BodyStillComing_IsAnsweredWithoutReadingIt()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.NewClient(token: null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new NeverEndingContent() };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1beta/models/gemini-x:streamGenerateContent")]
    [InlineData("/openai/v1/embeddings")]
    public async Task Browser_Preflight_IsAnsweredWithoutToken(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.NewClient(token: null);
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        const string Wanted = "authorization,x-goog-api-key,x-goog-api-client,content-type,x-stainless-lang,anthropic-version";
        request.Headers.Add("Origin", "https://chat.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", Wanted);
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(Wanted, response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Browser_Rejected_MayReadTheError()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await SendAsync(gateway, "GET", "/v1/models", request => request.Headers.Add("Origin", "https://chat.example"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("false", response.Headers.GetValues("x-should-retry").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string method, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), gateway.Address.AbsoluteUri.TrimEnd('/') + path);
        if (method == "POST")
        {
            request.Content = new StringContent("{}");
        }

        change(request);
        using var client = gateway.NewClient(token: null);
        return await client.SendAsync(request);
    }

    private static async Task AssertRejectedAsync(HttpResponseMessage response, bool isGoogle, string what)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, what);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var error = body.RootElement.GetProperty("error");
        if (isGoogle)
        {
            Assert.Equal(401, error.GetProperty("code").GetInt32());
            Assert.Equal("UNAUTHENTICATED", error.GetProperty("status").GetString());
        }
        else
        {
            Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
            Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
            Assert.Equal(JsonValueKind.Null, error.GetProperty("param").ValueKind);
        }
    }
}
