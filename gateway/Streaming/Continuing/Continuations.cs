using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Runs the calls of one stream: the client's own, and those for the rest of a cut answer where the settings allow them.</summary>
internal sealed partial class Continuations(AttemptLoop loop, IMeterFactory meters, ILogger<Continuations> logger)
{
    private readonly Counter<long> continued = meters.Create(MeterNames.Gateway)
        .CreateCounter<long>("geminibalance.answers.continued", "{call}", "Further calls for the rest of an answer that was cut.");

    /// <param name="call">The client's own call.</param>
    /// <param name="receiver">Reads the answers.</param>
    /// <param name="join">The answer that they make; null when a cut answer is an error.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<CallResult> RunAsync(UpstreamCall call, IContinuableReceiver receiver, AnswerJoin? join, CancellationToken client)
    {
        var result = await loop.RunAsync(call, receiver, client);
        while (result.Failure is { } failure && receiver.HasCommitted && !client.IsCancellationRequested && join?.Next(failure) is { } next)
        {
            continued.Add(1);
            Log.Continued(logger, call.Model, join.Continuations, call.Settings.Streams.ContinuationsMax, failure.Attempt?.Outcome.Detail);
            receiver.Continue();
            result = await loop.RunAsync(next, receiver, client);
        }

        return result;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AnswerContinued, LogLevel.Warning, "An answer of {Model} was cut ({Detail}); its rest is asked for ({Number} of {NumberMax})")]
        public static partial void Continued(ILogger logger, string model, int number, int numberMax, string? detail);
    }
}
