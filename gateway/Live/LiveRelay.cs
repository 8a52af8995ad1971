using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Live;

/// <summary>Passes the messages of one session both ways, as they are, until somebody ends it; then tells the other side.</summary>
internal sealed class LiveRelay(LivePeer client, LivePeer upstream, UpstreamAnswer answer, LiveTally tally, LiveDrain drain, TimeSpan idleLimit, TimeProvider time)
{
    private static readonly LiveClose TooLarge = new(LiveClose.TooLarge, $"A message is larger than {Limits.LiveMessageBytesMax / (1024 * 1024)} MB.");

    /// <summary>The upstream's last word; null when it has said none.</summary>
    public LiveClose? UpstreamClose { get; private set; }

    public async ValueTask<LiveEnd> RunAsync()
    {
        var silence = new TaskCompletionSource<LiveFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = new TaskCompletionSource<LiveFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onSilence = answer.Timer.Token.UnsafeRegister(static state => ((TaskCompletionSource<LiveFrame>)state!).TrySetResult(default), silence);
        await using var onStop = drain.Ended.UnsafeRegister(static state => ((TaskCompletionSource<LiveFrame>)state!).TrySetResult(default), stop);
        await using var onGoAway = drain.Began.UnsafeRegister(state => _ = client.SendAsync(drain.GoAway, System.Net.WebSockets.WebSocketMessageType.Text, CancellationToken.None).AsTask(), null);
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        answer.Timer.Restart(idleLimit);
        var up = PumpAsync(client, upstream, static _ => { });
        var down = PumpAsync(upstream, client, message => tally.Add(message.Span));
        var first = await Task.WhenAny(up, down, silence.Task, stop.Task);
        limit.CancelAfter(Limits.LiveCloseTimeOut);
        var end = first == silence.Task ? await EndAsync(answer.Timer.ClientLeft ? LiveEnd.Client : LiveEnd.Idle, limit.Token)
            : first == stop.Task ? await EndAsync(LiveEnd.Drained, limit.Token)
            : first == up ? await EndByClientAsync(await up, limit.Token)
            : await EndByUpstreamAsync(await down, limit.Token);
        await HearOutAsync(up, down, limit.Token);
        return end;
    }

    private async Task<LiveFrame> PumpAsync(LivePeer from, LivePeer to, Action<ReadOnlyMemory<byte>> look)
    {
        while (true)
        {
            using var message = new PooledBuffer(Limits.LiveChunkBytes, Limits.LiveMessageBytesMax);
            var frame = await from.ReceiveAsync(message, CancellationToken.None);
            if (frame.Kind != LiveFrameKind.Message)
            {
                return frame;
            }

            answer.Timer.Restart(idleLimit);
            look(message.Written);
            if (!await to.SendAsync(message.Written, frame.Type, CancellationToken.None))
            {
                return default; // The other pump finds out why.
            }
        }
    }

    private async ValueTask<LiveEnd> EndAsync(LiveEnd end, CancellationToken limit)
    {
        if (end != LiveEnd.Client)
        {
            await client.CloseAsync(
                end == LiveEnd.Idle
                    ? LiveClose.GoingAway with { Reason = "The session was silent for too long." }
                    : new LiveClose(LiveClose.Restart, "The gateway restarts. Connect again."),
                limit);
        }

        await upstream.CloseAsync(LiveClose.GoingAway, limit);
        return end;
    }

    private async ValueTask<LiveEnd> EndByClientAsync(LiveFrame frame, CancellationToken limit)
    {
        switch (frame.Kind)
        {
            case LiveFrameKind.Closed:
                await upstream.CloseAsync(frame.Close, limit);
                await client.CloseAsync(frame.Close, limit);
                return LiveEnd.Client;
            case LiveFrameKind.TooLarge:
                await client.CloseAsync(TooLarge, limit);
                await upstream.CloseAsync(LiveClose.GoingAway, limit);
                return LiveEnd.TooLarge;
            case LiveFrameKind.Broken:
                return await EndAsync(LiveEnd.Client, limit);
            default:
                return await BreakAsync(limit);
        }
    }

    private async ValueTask<LiveEnd> EndByUpstreamAsync(LiveFrame frame, CancellationToken limit)
    {
        switch (frame.Kind)
        {
            case LiveFrameKind.Closed:
                UpstreamClose = Redact(frame.Close, answer);
                await client.CloseAsync(UpstreamClose.Value, limit);
                await upstream.CloseAsync(frame.Close, limit);
                return LiveEnd.Upstream;
            case LiveFrameKind.TooLarge:
                await client.CloseAsync(TooLarge, limit);
                await upstream.CloseAsync(TooLarge, limit);
                return LiveEnd.TooLarge;
            case LiveFrameKind.Broken:
                return await BreakAsync(limit);
            default:
                return await EndAsync(LiveEnd.Client, limit);
        }
    }

    private async ValueTask<LiveEnd> BreakAsync(CancellationToken limit)
    {
        await client.CloseAsync(new LiveClose(LiveClose.Internal, "The upstream's connection broke off."), limit);
        return LiveEnd.Broken;
    }

    /// <summary>Both sides may still answer the goodbye; then nothing is left that could use the connections.</summary>
    private async ValueTask HearOutAsync(Task up, Task down, CancellationToken limit)
    {
        var both = Task.WhenAll(up, down);
        await Task.WhenAny(both, Task.Delay(Timeout.InfiniteTimeSpan, time, limit));
        client.Abort();
        upstream.Abort();
        await both;
    }

    /// <summary>Upstreams quote keys and projects in their reasons.</summary>
    public static LiveClose Redact(LiveClose close, UpstreamAnswer answer) =>
        close with { Reason = SecretRedactor.Redact(close.Reason).Replace(answer.Key.Reveal(), "[redacted]", StringComparison.Ordinal) };
}
