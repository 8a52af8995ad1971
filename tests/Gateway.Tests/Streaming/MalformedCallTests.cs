using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class MalformedCallTests
{
    private const string Malformed = """{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","index":0}],"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryAttempt_IsToldByItsName(bool isStream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, isStream ? Answers.Event(Malformed) : Malformed, isStream ? Answers.Sse : Answers.Json);

        var body = $$"""{"model":"gemini-x","stream":{{(isStream ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}""";
        using var response = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("malformed_function_call", error.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.All(gateway.Pool.Settled, one => Assert.Equal((CallOutcomeKind.UpstreamBroken, "empty answer (MALFORMED_FUNCTION_CALL)"), (one.Outcome.Kind, one.Outcome.Detail)));
    }
}
