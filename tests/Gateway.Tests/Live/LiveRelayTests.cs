using System.Net.WebSockets;
using System.Text;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Live;

public sealed class LiveRelayTests
{
    [Fact]
    public async Task Messages_OfAnyKindAndSize_PassByteForByte()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, _) => EchoAsync(context);
        using var client = await LiveClient.ConnectAsync(gateway);
        var setup = Encoding.UTF8.GetBytes("""{ "setup" : {"model":"models/x","tomorrow":[1e400, "ü"]}, "setup":1 }""");
        var random = new Random(7);
        var sent = new List<(WebSocketMessageType, byte[])> { (WebSocketMessageType.Binary, setup) };
        foreach (var bytes in (ReadOnlySpan<int>)[0, 1, 125, 126, 8192, 65_535, 65_536, 3_000_000])
        {
            var message = new byte[bytes];
            random.NextBytes(message);
            sent.Add((WebSocketMessageType.Binary, message));
            sent.Add((WebSocketMessageType.Text, Encoding.UTF8.GetBytes(new string('ß', bytes / 2))));
        }

        foreach (var (type, message) in sent)
        {
            await client.SendAsync(message, type);

            var (answeredType, answer) = await client.ReceiveBytesAsync();
            Assert.Equal(type, answeredType);
            Assert.True(message.AsSpan().SequenceEqual(answer));
        }
    }

    [Theory]
    [InlineData("[[close 1011 Deadline expired before operation could complete.]]", 1011, "Deadline expired before operation could complete.", CallOutcomeKind.UpstreamBroken)]
    [InlineData("[[close 1008 Consumer 'api_key:$KEY' has been suspended.]]", 1008, "Consumer 'api_key:[redacted]' has been suspended.", CallOutcomeKind.RequestRejected)]
    [InlineData("[[close 1000]]", 1000, "", CallOutcomeKind.Succeeded)]
    public async Task Close_ByTheUpstream_IsPassedOnWithoutSecrets(string text, int code, string reason, CallOutcomeKind kind)
    {
        await using var live = await LiveGateway.StartAsync();
        using var client = await LiveClient.BeginAsync(live.Gateway);

        await client.SendAsync(LiveClient.Turn(text));

        Assert.Equal((code, reason), await client.WhenClosedAsync());
        await client.CloseAsync();
        Assert.Equal(kind, (await live.SettledAsync(1)).Single().Outcome.Kind);
    }

    [Fact]
    public async Task Close_ByTheClient_IsPassedOn()
    {
        var closed = new TaskCompletionSource<(WebSocketCloseStatus?, string?)>();
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = async (context, _) => closed.SetResult(await EchoAsync(context));
        using var client = await LiveClient.ConnectAsync(gateway);
        await client.SendAsync(LiveClient.Setup());
        await client.ReceiveAsync();

        await client.CloseAsync(4001, "that was all");

        Assert.Equal(((WebSocketCloseStatus)4001, "that was all"), await closed.Task);
        Assert.Equal((4001, "that was all"), ((int)client.Socket.CloseStatus!, client.Socket.CloseStatusDescription));
    }

    [Fact]
    public async Task Connection_ThatTheUpstreamDrops_IsToldToTheClient()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = async (context, _) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            await socket.ReceiveAsync(buffer, CancellationToken.None);
            await socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            await socket.ReceiveAsync(buffer, CancellationToken.None);
            context.Abort();
        };
        using var client = await LiveClient.ConnectAsync(gateway);

        await client.SendAsync(LiveClient.Setup());
        await client.ReceiveAsync();
        await client.SendAsync(LiveClient.Turn("Hello"));

        Assert.Equal(1011, (await client.WhenClosedAsync()).Code);
        await client.CloseAsync();
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.UpstreamBroken], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Connection_ThatTheClientDrops_EndsTheUpstreamsAndFreesTheKey()
    {
        var closed = new TaskCompletionSource<(WebSocketCloseStatus?, string?)>();
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = async (context, _) => closed.SetResult(await EchoAsync(context));
        using (var client = await LiveClient.ConnectAsync(gateway))
        {
            await client.SendAsync(LiveClient.Setup());
            await client.ReceiveAsync();
            client.Socket.Abort();
        }

        await closed.Task;
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Empty(gateway.Services.GetRequiredService<LiveSessions>().Full);
    }

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

    [Fact]
    public async Task Message_LargerThanTheBound_EndsTheSession()
    {
        await using var live = await LiveGateway.StartAsync();
        using var client = await LiveClient.BeginAsync(live.Gateway);
        var closing = client.WhenClosedAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await client.SendAsync(new byte[Limits.LiveMessageBytesMax + 1], WebSocketMessageType.Binary);
            throw new InvalidOperationException("It was taken whole.");
        });

        Assert.Equal(1009, (await closing).Code);
    }

    /// <summary>Sends every message back as it came.</summary>
    /// <returns>How the client closed.</returns>
    private static async Task<(WebSocketCloseStatus? Code, string? Reason)> EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4 * 1024 * 1024];
        try
        {
            while (true)
            {
                var count = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(count), CancellationToken.None);
                    count += received.Count;
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, CancellationToken.None);
                    return (socket.CloseStatus, socket.CloseStatusDescription);
                }

                await socket.SendAsync(buffer.AsMemory(0, count), received.MessageType, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            return (null, null);
        }
    }
}
