using System.Net;
using System.Net.Sockets;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class LeaseExpiryTests
{
    [Fact]
    public async Task Call_ConnectionOpensTooSlowly_IsNotSentAndTheLeaseIsTakenAnew()
    {
        var time = new ManualTimeProvider();
        var connects = 0;
        using var connections = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, _) =>
            {
                if (Interlocked.Increment(ref connects) == 1)
                {
                    time.Advance(TimeSpan.FromMilliseconds(251));
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, CancellationToken.None);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        await using var gateway = await GatewayUnderTest.StartAsync(time, services: services => services.AddSingleton(connections));
        gateway.Pool.Guard = TimeSpan.FromMilliseconds(250);
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.NotSent, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Single(gateway.Upstream.Calls);
        Assert.Null(gateway.Pool.Settled[0].Outcome.SentAt);
        Assert.Equal(time.GetUtcNow(), gateway.Pool.Settled[1].Outcome.SentAt);
    }

    [Theory]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public async Task Content_WrittenAtTheLastMoment_IsSentAndNotLater(int milliseconds, bool isSent)
    {
        var time = new ManualTimeProvider();
        using var timer = new AttemptTimer(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), time, CancellationToken.None);
        using var content = new LeasedContent(new byte[] { 1, 2, 3 }, time.GetUtcNow() + TimeSpan.FromMilliseconds(250), timer, time);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        using var sent = new MemoryStream();

        var failure = await Record.ExceptionAsync(() => content.CopyToAsync(sent));

        Assert.Equal(isSent, failure is null);
        Assert.Equal((isSent, isSent ? 3 : 0), (content.HasStarted, sent.Length));
        Assert.Equal(isSent ? time.GetUtcNow() : null, content.SentAt);
    }
}
