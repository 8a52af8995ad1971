using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>
/// Verifies keys that the upstream refused without a reason: one that it accepts counts from zero again, whatever a client's request brought upon it, and
/// one that it refuses alone is at fault, although no other key served the call.
/// </summary>
internal sealed partial class DoubtedKeyCheck(KeyDoubts doubts, KeyVerifier verifier, TimeProvider time, ILogger<DoubtedKeyCheck> logger) : BackgroundService
{
    private const int ProbesAtOnceMax = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnceMax, CancellationToken = stoppingToken };
        try
        {
            while (true)
            {
                await Parallel.ForEachAsync(await doubts.TakeAsync(stoppingToken), options, async (id, token) => await VerifyAsync(id, token));
                await Task.Delay(Limits.KeyDoubtRest, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task VerifyAsync(KeyId id, CancellationToken cancellationToken)
    {
        try
        {
            var (verdict, detail) = await verifier.VerifyAsync(id, cancellationToken);
            if (verdict == KeyVerification.Invalid)
            {
                Log.Refused(logger, id, detail);
            }
            else if (verdict == KeyVerification.NotNow)
            {
                doubts.Add(id);
            }
        }
#pragma warning disable CA1031 // A check that fails must not end the process, nor the checks to come.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.CheckFailed(logger, id, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DoubtedKeyRefused, LogLevel.Warning, "Key {KeyId} is refused also when it is tried alone ({Detail}): it counts as its own failure")]
        public static partial void Refused(ILogger logger, KeyId keyId, string? detail);

        [LoggerMessage(EventIds.DoubtedKeyCheckFailed, LogLevel.Error, "Key {KeyId} could not be verified")]
        public static partial void CheckFailed(ILogger logger, KeyId keyId, Exception failure);
    }
}
