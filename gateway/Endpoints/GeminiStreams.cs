using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Answers with native streams in the way that the settings ask for.</summary>
internal sealed class GeminiStreams(AttemptLoop loop, Continuations continuations, TimeProvider time)
{
    /// <param name="context">The client's request; its body has been read.</param>
    /// <param name="call">What to send: for a stream, or for a whole answer where streams are made of those.</param>
    /// <param name="asArray">Whether the stream is a JSON array.</param>
    public Task RunAsync(HttpContext context, UpstreamCall call, bool asArray)
    {
        var pacer = TextPacer.For(call.Settings.Streams, time);
        if (call.Settings.Streams.IsFaked)
        {
            return FakeAsync(context, call, asArray, pacer);
        }

        var join = AnswerJoin.For(call);
        var beats = NativeBeats.Begin(context, call.Settings, asArray, time);
        var receiver = new RelayReceiver(context, Face.Google, AnswerContract.GeminiChat, pacer, join, beats: beats);
        return NativeExchange.RelayAsync(context, receiver, RelayAsync(call, receiver, join, beats, context.RequestAborted), Face.Google, call, asArray);
    }

    private async ValueTask<CallResult> RelayAsync(UpstreamCall call, RelayReceiver receiver, AnswerJoin? join, NativeBeats? beats, CancellationToken client)
    {
        try
        {
            return await continuations.RunAsync(call, receiver, join, client);
        }
        finally
        {
            await (beats?.EndAsync() ?? default);
        }
    }

    private async Task FakeAsync(HttpContext context, UpstreamCall call, bool asArray, TextPacer? pacer)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiChat);
        var client = new NativeHeartbeat(context, asArray);
        var result = await Heartbeat.WhileAsync(
            loop.RunAsync(call, receiver, context.RequestAborted).AsTask(), call.Settings.Streams.FakeInterval, client.BeatAsync, time);
        if (result.Failure is null || (receiver.IsWholeButEmpty && result.Failure.Attempt?.Outcome.Kind == CallOutcomeKind.UpstreamBroken))
        {
            if (!client.HasStarted)
            {
                AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            }

            await client.WriteAsync(receiver.Body, pacer);
        }
        else if (!client.HasStarted)
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, result, call.Model, asArray);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            await client.InterruptAsync(CallFailureAnswer.Explain(result.Failure, call.Model));
        }
    }
}
