using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

public sealed class LongErrorTests
{
    [Fact]
    public async Task Call_RequestRejectedAtGreatLength_IsToldInTheGatewaysWords()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT", message: new string('x', Limits.ErrorBodyBytesMax)));

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("INVALID_ARGUMENT", error.RootElement.GetProperty("error").GetProperty("status").GetString());
        Assert.Equal([CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
    }
}
