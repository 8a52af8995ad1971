using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Verifies rejected keys, so that one that the upstream accepts again comes back by itself.</summary>
internal sealed partial class RejectedKeyCheck(IKeyDirectory directory, KeyVerifier verifier, ILogger<RejectedKeyCheck> logger)
{
    private const int ProbesAtOnceMax = 4;

    /// <summary>Verifies every rejected key once.</summary>
    /// <returns>How many were tried, and how many came back.</returns>
    public async Task<(int Tried, int Back)> CheckAsync(CancellationToken cancellationToken)
    {
        var rejected = (await directory.ListAsync(cancellationToken)).Where(key => key.State == KeyState.Rejected).Select(key => key.Id).ToList();
        var back = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnceMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rejected, options, async (id, token) =>
        {
            if ((await verifier.VerifyAsync(id, token)).Verdict == KeyVerification.Valid)
            {
                Interlocked.Increment(ref back);
            }
        });
        return (rejected.Count, back);
    }

    /// <summary>As <see cref="CheckAsync"/>, but tells the log how it went and does not fail.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (tried, back) = await CheckAsync(cancellationToken);
            if (tried > 0)
            {
                Log.Checked(logger, tried, back);
            }
        }
#pragma warning disable CA1031 // A check that fails must not end the process, nor the checks to come.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.CheckFailed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RejectedKeysChecked, LogLevel.Information, "Verified {Tried} rejected keys: {Back} are accepted again")]
        public static partial void Checked(ILogger logger, int tried, int back);

        [LoggerMessage(EventIds.RejectedKeyCheckFailed, LogLevel.Error, "The check of rejected keys failed")]
        public static partial void CheckFailed(ILogger logger, Exception failure);
    }
}
