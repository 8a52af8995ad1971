using System.Net.WebSockets;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Live;

public sealed class LiveLifetimeTests
{
    [Fact]
    public async Task Handle_OfASession_BringsItsClientBackToTheKey()
    {
        await using var live = await LiveGateway.StartAsync();
        string? handle;
        using (var client = await LiveClient.BeginAsync(live.Gateway, ""","sessionResumption":{}"""))
        {
            handle = (await client.SayAsync("One", hasHandle: true)).Handle;
            await client.CloseAsync();
        }

        using (var other = await LiveClient.BeginAsync(live.Gateway))
        {
            await other.CloseAsync();
        }

        using (var resumed = await LiveClient.BeginAsync(live.Gateway, $$$""","session_resumption":{"transparent":false,"handle":"{{{handle}}}"}"""))
        {
            Assert.Equal("Echo 1: Two", (await resumed.SayAsync("Two")).Text);
            await resumed.CloseAsync();
        }

        Assert.Equal([null, null, live.Pool.Keys[0].Id], live.Pool.Requests.Select(request => request.Pinned));
    }

    [Fact]
    public async Task Sessions_OverTheBoundOfTheProcess_Are429()
    {
        await using var live = await LiveGateway.StartAsync(settings => settings with { SessionsMax = 1 });
        using var first = await LiveClient.BeginAsync(live.Gateway);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.ConnectAsync(live.Gateway));
        await first.CloseAsync();
        await live.Pool.WhenSettledAsync(1);

        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OverTheBoundOfAKey_GoToOtherKeysAndThenWait()
    {
        await using var live = await LiveGateway.StartAsync(settings => settings with { SessionsPerKey = 1 });
        var open = new List<LiveClient>();
        foreach (var _ in live.Pool.Keys)
        {
            open.Add(await LiveClient.BeginAsync(live.Gateway));
        }

        using var late = await LiveClient.ConnectAsync(live.Gateway);
        await late.SendAsync(LiveClient.Setup());

        Assert.Equal((1013, "Every API key has as many Live sessions as LIVE_SESSIONS_PER_KEY allows."), await late.WhenClosedAsync());
        Assert.Equal([0, 1, 2, 3], live.Pool.Requests.Select(request => request.Excluded.Count));
        open.ForEach(client => client.Dispose());
        await live.Pool.WhenSettledAsync(3);
    }

    [Fact]
    public async Task Session_ThatIsSilent_IsClosed()
    {
        var clock = new ManualTimeProvider();
        var idle = TimeSpan.FromSeconds(45);
        await using var live = await LiveGateway.StartAsync(settings => settings with { IdleTimeOut = idle }, clock);
        using var client = await LiveClient.BeginAsync(live.Gateway);
        await client.SayAsync("Hello");

        clock.Advance(idle);

        Assert.Equal((1001, "The session was silent for too long."), await client.WhenClosedAsync());
        await client.CloseAsync();
        Assert.Equal(CallOutcomeKind.Succeeded, (await live.SettledAsync(1)).Single().Outcome.Kind);
    }

    [Fact]
    public async Task Stop_TellsSessionsAndClosesThemAfterTheDrain()
    {
        var clock = new ManualTimeProvider();
        await using var live = await LiveGateway.StartAsync(settings => settings with { DrainTime = TimeSpan.FromSeconds(20) }, clock);
        using var client = await LiveClient.BeginAsync(live.Gateway);
        await client.SayAsync("Hello");

        live.Gateway.BeginStop();
        var told = await client.ReceiveAsync();
        Assert.Equal("Echo 2: Goodbye", (await client.SayAsync("Goodbye")).Text);
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("""{"goAway":{"timeLeft":"20s"}}""", told.ToJsonString());
        Assert.Equal(1012, (await client.WhenClosedAsync()).Code);
        await client.CloseAsync();
        Assert.Equal(CallOutcomeKind.Succeeded, (await live.SettledAsync(1)).Single().Outcome.Kind);
    }
}
