using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

/// <summary>Counting tokens is free of the model's own quota, on every face.</summary>
public sealed class CountTokensTests
{
    private static readonly string[] Paths =
        ["/v1beta/models/gemini-x:countTokens", "/v1/models/gemini-x:countTokens", "/gemini/v1beta/models/gemini-x:countTokens", "/v1/messages/count_tokens", "/v1/responses/input_tokens"];

    [Fact]
    public async Task Call_CountTokens_SpendsAQuotaOfItsOwn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, """{"totalTokens": 3}""");
        foreach (var path in Paths)
        {
            using var body = new StringContent("""{"model":"gemini-x","input":"Hi","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await gateway.Client.PostAsync(path, body);
            Assert.True(response.IsSuccessStatusCode, path);
        }

        Assert.All(gateway.Pool.Requests, request => Assert.Equal("gemini-x:countTokens", request.Model));
        Assert.Equal(Paths.Length, gateway.Pool.Requests.Count);
    }

    [Theory]
    [InlineData("gemini-x", 5)]
    [InlineData("gemini-x:countTokens", 0)]
    public void Limits_OfTheModel_AreNotThoseOfCounting(string name, long perMinute)
    {
        var rule = new LimitRule(5, 5, 5);
        var table = new KeyLimitTable(new KeyLimits(5, 5, 5), new Dictionary<string, LimitRule> { ["gemini-*"] = rule }, new Dictionary<string, LimitRule> { ["00000001"] = rule });

        Assert.Equal(perMinute, table.Resolve(TestKit.Samples.NewKey(1), name).RequestsPerMinute);
    }
}
