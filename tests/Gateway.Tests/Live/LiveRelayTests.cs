using System.Net.WebSockets;
using System.Text;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

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
    public async Task Message_LargerThanTheBound_EndsTheSession()
    {
        await using var live = await LiveGateway.StartAsync();
        using var client = await LiveClient.BeginAsync(live.Gateway);
        var closing = client.WhenClosedAsync();

        // The gateway may close before it was offered all of it.
        _ = await Record.ExceptionAsync(() => client.SendAsync(new byte[Limits.LiveMessageBytesMax + 1], WebSocketMessageType.Binary));

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
