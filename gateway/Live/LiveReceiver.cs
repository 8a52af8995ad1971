using System.Net.WebSockets;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>One client's session, on whichever key takes its setup. The upstream's answer to the setup commits.</summary>
internal sealed partial class LiveReceiver(
    LivePeer client, ReadOnlyMemory<byte> setup, WebSocketMessageType setupType, UpstreamCall call, LiveServices services) : IAnswerReceiver
{
    public bool HasCommitted { get; private set; }

    /// <summary>How the upstream refused the last setup, redacted; null when it did in another way.</summary>
    public LiveClose? Refusal { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        Refusal = null;
        if (WebSocketUpgrade.Open(answer) is not { } socket)
        {
            return new(CallOutcomeKind.UpstreamUnavailable) { Detail = $"{(int)answer.Response.StatusCode} and no connection" };
        }

        using var upstream = new LivePeer(socket);
        using var first = new PooledBuffer(Limits.LiveChunkBytes, Limits.LiveMessageBytesMax);
        var frame = await upstream.SendAsync(setup, setupType, answer.Timer.Token) ? await upstream.ReceiveAsync(first, answer.Timer.Token) : new LiveFrame(LiveFrameKind.Broken);
        if (frame.Kind != LiveFrameKind.Message)
        {
            return Refused(answer, frame);
        }

        HasCommitted = true;
        var tally = new LiveTally(services.Handles, answer.KeyId);
        tally.Add(first.Written.Span);
        var started = services.Time.GetTimestamp();
        var relay = new LiveRelay(client, upstream, answer, tally, services.Drain, call.Settings.Live.IdleTimeOut, services.Time);
        var end = await client.SendAsync(first.Written, frame.Type, answer.Timer.Token) ? await relay.RunAsync() : LiveEnd.Client;
        var duration = services.Time.GetElapsedTime(started);
        services.Metrics.Ended(end, duration);
        Log.Ended(services.Logger, call.Model, answer.KeyId, duration.TotalSeconds, end, relay.UpstreamClose?.Code);
        return Judge(end, relay.UpstreamClose) with { PromptTokens = tally.PromptTokens, OutputTokens = tally.OutputTokens };
    }

    private static CallOutcome Judge(LiveEnd end, LiveClose? close) => end switch
    {
        LiveEnd.Broken => new(CallOutcomeKind.UpstreamBroken) { Detail = "connection broke" },
        LiveEnd.Upstream when close is { Code: LiveClose.InvalidPayload or LiveClose.Policy or LiveClose.TooLarge } => new(CallOutcomeKind.RequestRejected) { Detail = DetailOf(close.Value) },
        LiveEnd.Upstream when close is { Code: >= LiveClose.Internal } => new(CallOutcomeKind.UpstreamBroken) { Detail = DetailOf(close.Value) },
        _ => new(CallOutcomeKind.Succeeded),
    };

    private static string DetailOf(LiveClose close) => $"close {close.Code}";

    private CallOutcome Refused(UpstreamAnswer answer, LiveFrame frame)
    {
        if (frame.Kind != LiveFrameKind.Closed)
        {
            return answer.Timer.ClientLeft ? new(CallOutcomeKind.ClientLeft)
                : answer.Timer.Token.IsCancellationRequested ? new(CallOutcomeKind.UpstreamTimedOut) { Detail = "no answer to the setup in time" }
                : new(CallOutcomeKind.UpstreamBroken) { Detail = "connection broke before an answer to the setup" };
        }

        // Google has one code for many causes, and tells them apart in words only. So another key is the judge: what it takes was not the request's fault.
        Refusal = LiveRelay.Redact(frame.Close, answer);
        (var kind, answer.Otherwise) = frame.Close.Code switch
        {
            LiveClose.InvalidPayload or LiveClose.Policy when call.Token is not null => (CallOutcomeKind.RequestRejected, (CallOutcomeKind?)null),
            LiveClose.InvalidPayload => (CallOutcomeKind.KeyRejected, CallOutcomeKind.RequestRejected),
            LiveClose.Policy => (CallOutcomeKind.ModelNotAvailable, CallOutcomeKind.RequestRejected),
            LiveClose.Internal => (CallOutcomeKind.KeyRateLimited, CallOutcomeKind.UpstreamUnavailable),
            _ => (CallOutcomeKind.UpstreamUnavailable, (CallOutcomeKind?)null),
        };
        return new(kind) { Detail = DetailOf(frame.Close), Fault = CallFault.SetupRefused };
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LiveSessionEnded, LogLevel.Debug, "A Live session of {Model} with key {KeyId} ended after {Seconds} s by {End} ({Code})")]
        public static partial void Ended(ILogger logger, string model, KeyId keyId, double seconds, LiveEnd end, int? code);
    }
}
