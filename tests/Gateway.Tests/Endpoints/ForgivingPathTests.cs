using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Endpoints.Paths;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Routing.Patterns;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class ForgivingPathTests
{
    private const int SamplesPerRoute = 40;
    private static readonly string[] Names = ["gemini-x", "v1", "v1beta", "openai", "models", "chat", "a.b", "abc-123", "generateContent"];
    private static readonly string[] OpenAIRests = ["chat/completions", "embeddings", "models", "models/gemini-x", "images/generations", "batches/v1", "videos/x"];
    private static readonly string[] GoogleRests =
    [
        "models", "models/gemini-x", "models/gemini-x:generateContent", "models/v1:countTokens", "models/gemini-x:predictLongRunning", "gemini-x:generateContent",
        "tunedModels/v1:generateContent", "dynamic/x:streamGenerateContent", "models/gemini-x/operations/v1", "files", "files/v1", "files/chat", "cachedContents/openai",
        "batches/v1beta:cancel", "interactions/v1", "fileSearchStores/models/documents/v1", "auth_tokens", "",
    ];

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    [Theory]
    [InlineData("POST", "/chat/completions", "/v1/chat/completions")]
    [InlineData("POST", "/v1/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("POST", "/v1beta/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("POST", "/v1beta/chat/completions", "/v1/chat/completions")]
    [InlineData("POST", "/v1/chat/completions/chat/completions", "/v1/chat/completions")]
    [InlineData("POST", "/hf/chat/completions", "/hf/v1/chat/completions")]
    [InlineData("POST", "/openai/chat/completions", "/openai/v1/chat/completions")]
    [InlineData("POST", "/v1/openai/embeddings", "/openai/v1/embeddings")]
    [InlineData("GET", "/models", "/v1/models")]
    [InlineData("GET", "/v1/v1/models/", "/v1/models")]
    [InlineData("GET", "/v1/v1beta/models", "/v1beta/models")]
    [InlineData("GET", "/gemini/models", "/v1beta/models")]
    [InlineData("POST", "/v1/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("POST", "/v1beta/v1beta/models/gemini-x:streamGenerateContent", "/v1beta/models/gemini-x:streamGenerateContent")]
    [InlineData("POST", "/v1beta/models/v1beta/models/gemini-x:countTokens", "/v1beta/models/gemini-x:countTokens")]
    [InlineData("POST", "/models/gemini-x:countTokens", "/v1beta/models/gemini-x:countTokens")]
    [InlineData("POST", "/v1/chat/completion", "/v1/chat/completions")]
    [InlineData("POST", "/v1/embedding", "/v1/embeddings")]
    [InlineData("POST", "/images/generation", "/v1/images/generations")]
    [InlineData("POST", "/v1beta/models/models/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("POST", "/v1beta/models/gemini-x/generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("POST", "/gemini/v1/models/gemini-x:batchEmbedContents", "/v1beta/models/gemini-x:batchEmbedContents")]
    public async Task Path_WithAWrongBeginning_IsServedOrNamed(string verb, string path, string meant)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.NewClient(token: null);
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayUnderTest.Token}");

        var before = await SendAsync(client, verb, path);
        gateway.Settings.Change(settings => settings with { Paths = new PathSettings { IsForgiving = true } });
        var after = await SendAsync(client, verb, path);
        var right = await SendAsync(client, verb, meant);

        Assert.Equal(HttpStatusCode.NotFound, before.Status);
        Assert.EndsWith($" Did you mean {meant}?", Message(before.Body), StringComparison.Ordinal);
        Assert.Equal(right, after);
        Assert.NotEqual(HttpStatusCode.NotFound, right.Status);
    }

    [Theory]
    [InlineData("/api/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/openai/v1/v1/chat/completions", "/openai/v1/chat/completions")]
    [InlineData("/v1beta/openai/v1/chat/completions", "/v1beta/openai/chat/completions")]
    public async Task Path_ThatSomebodyElseWouldAnswer_IsServed(string path, string meant)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Paths = new PathSettings { IsForgiving = true } });

        var after = await SendAsync(gateway.Client, "POST", path);
        var right = await SendAsync(gateway.Client, "POST", meant);

        Assert.Equal(right, after);
        Assert.True(gateway.Upstream.Calls.All(call => call.Target == "/v1beta/openai/chat/completions"));
        Assert.Equal(path.Contains("openai", StringComparison.Ordinal), gateway.Upstream.Calls.Count > 0);
    }

    [Theory]
    [InlineData("POST", "/v1/chat/complete", "/v1/chat/completions")]
    [InlineData("POST", "/v1/embeddding", "/v1/embeddings")]
    [InlineData("GET", "/v1/something/else", null)]
    [InlineData("GET", "/favicon.ico", null)]
    [InlineData("POST", "/", null)]
    public async Task Path_ThatIsNone_Is404AndNamesTheNearest(string verb, string path, string? nearest)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Paths = new PathSettings { IsForgiving = true } });

        var (status, body) = await SendAsync(gateway.Client, verb, path);

        Assert.Equal(path == "/" ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.NotFound, status);
        Assert.Equal(nearest is null ? null : $"Unknown request URL: {verb} {path}. Did you mean {nearest}?", nearest is null ? null : Message(body));
        Assert.DoesNotContain(nearest is null ? "Did you mean" : "/api/", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/chat/completions", true)]
    [InlineData("/chat/completions", false)]
    [InlineData("/api/v1/chat/completions", true)]
    public async Task Browser_IsLetInByAWrongPathToo_AndMayReadTheHint(string path, bool isForgiving)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Paths = new PathSettings { IsForgiving = isForgiving } });
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers = { { "Origin", "https://chat.example" }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization" } },
        };
        using var call = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Origin", "https://chat.example" } }, Content = new StringContent("{}") };

        using var leave = await gateway.Client.SendAsync(preflight);
        using var answer = await gateway.Client.SendAsync(call);

        Assert.Equal((HttpStatusCode.NoContent, "authorization"), (leave.StatusCode, leave.Headers.GetValues("Access-Control-Allow-Headers").Single()));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(isForgiving ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Path_ThatARouteServes_IsNeverRewritten()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var settings = new TestSettings(new GatewaySettings { Paths = new PathSettings { IsForgiving = true } });
        var repair = gateway.Services.GetRequiredService<PathRepair>();
        var random = new Random(20260821);
        var tried = 0;
        foreach (var endpoint in gateway.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText != "/api/{**path}" && endpoint.Metadata.GetMetadata<FaceMetadata>()?.Verbs != FaceRoutes.NoVerbs))
        {
            for (var i = 0; i < SamplesPerRoute; i++)
            {
                var context = Sample(endpoint, random);
                var path = context.Request.Path;

                await new ForgivingPaths(_ => Task.CompletedTask, settings, repair).InvokeAsync(context);

                Assert.Equal((path, endpoint), (context.Request.Path, context.GetEndpoint()));
                tried++;
            }
        }

        Assert.True(tried > 30 * SamplesPerRoute, $"{tried} paths were tried.");
    }

    private static DefaultHttpContext Sample(RouteEndpoint endpoint, Random random)
    {
        var face = endpoint.Metadata.GetMetadata<FaceMetadata>()?.Face;
        var context = new DefaultHttpContext { Request = { Method = Verbs[random.Next(Verbs.Length)] } };
        var segments = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
        {
            if (part is RoutePatternLiteralPart literal)
            {
                return literal.Content;
            }

            var isRest = part is RoutePatternParameterPart { IsCatchAll: true };
            var values = !isRest || endpoint.RoutePattern.RawText!.Contains("/models/", StringComparison.Ordinal) ? Names : face == Face.OpenAI ? OpenAIRests : GoogleRests;
            var value = values[random.Next(values.Length)];
            context.Request.RouteValues[((RoutePatternParameterPart)part).Name] = value;
            return value;
        })));
        context.Request.Path = "/" + string.Join('/', segments.ToArray());
        context.SetEndpoint(endpoint);
        return context;
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, string verb, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = verb == "GET" ? null : new StringContent("{}") };
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Message(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("error").GetProperty("message").GetString()!;
    }
}
