using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Forwarding;

/// <summary>No attempt starts later than <c>TIME_OUT</c> after the first.</summary>
public sealed class AttemptTimeTests
{
    private const string Call = "/v1beta/models/gemini-x:generateContent";

    [Fact]
    public async Task Call_FurtherAttempts_WaitForAKeyWithinTimeOutOnly()
    {
        var clock = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(clock);
        gateway.Settings.Change(settings => settings with { TimeOut = TimeSpan.FromSeconds(20), QueueTimeOut = TimeSpan.FromSeconds(60) });
        gateway.Pool.Deny = _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(gateway.Pool.Requests.Count == 1 ? 30 : 0)); // The first wait is not the upstream's.
            return null;
        };
        gateway.Upstream.Answer = (context, _) =>
        {
            clock.Advance(TimeSpan.FromSeconds(8));
            return ScriptedUpstream.WriteAsync(context, 429, Answers.Error(429, "RESOURCE_EXHAUSTED"));
        };

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal([60, 12, 4], gateway.Pool.Requests.Select(request => request.MaxWait.TotalSeconds));
        Assert.Equal(3, gateway.Upstream.Calls.Count);
    }

    [Fact]
    public async Task Call_BackOffWouldPassTimeOut_EndsInstead()
    {
        var clock = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(clock);
        gateway.Settings.Change(settings => settings with { TimeOut = TimeSpan.FromSeconds(20) });
        gateway.Upstream.Answer = (context, _) =>
        {
            clock.Advance(TimeSpan.FromSeconds(19.95));
            return ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE"));
        };

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal([CallOutcomeKind.UpstreamUnavailable], gateway.Pool.Kinds);
    }
}
