using System.Net;
using GeminiBalance.Silo.Hosting;
using GeminiBalance.Silo.Settings;
using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Membership;

/// <summary>
/// Holds a start back until members that cannot be reached have been silent for so long that Orleans takes them for gone. It looks for such members at the
/// moment of joining only: a cluster that was killed as a whole and started at other addresses would wait for its dead for minutes.
/// </summary>
internal sealed partial class JoinGate(IMembershipTable table, IMemberProbe probe, SiloSettings settings, TimeProvider time, ILogger<JoinGate> logger)
{
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        var started = time.GetTimestamp();
        for (var tries = 1; time.GetElapsedTime(started) < SiloLimits.JoinWaitMax; tries++)
        {
            var gone = await ListAwaitedAsync(cancellationToken);
            if (gone.Count == 0)
            {
                return;
            }

            if (tries == 1)
            {
                Log.Awaited(logger, string.Join(", ", gone), SiloLimits.JoinWaitMax.TotalSeconds);
            }

            await Task.Delay(SiloLimits.JoinRetryEvery, time, cancellationToken);
        }
    }

    /// <summary>Members that cannot be reached, and said lately that they are alive.</summary>
    private async Task<IReadOnlyList<SiloAddress>> ListAwaitedAsync(CancellationToken cancellationToken)
    {
        var data = await table.ReadAll();
        var own = new IPEndPoint(settings.Address, settings.SiloPort);
        var now = time.GetUtcNow();
        var candidates = data.Members.Select(row => row.Item1)
            .Where(entry => entry.Status == SiloStatus.Active && !entry.SiloAddress.Endpoint.Equals(own) && IsFresh(entry, now))
            .Select(entry => entry.SiloAddress).ToList();
        var answers = await Task.WhenAll(candidates.Select(member => probe.IsThereAsync(member.Endpoint, cancellationToken)));
        return [.. candidates.Zip(answers).Where(pair => !pair.Second).Select(pair => pair.First).Order()];
    }

    private static bool IsFresh(MembershipEntry entry, DateTimeOffset now)
    {
        var sign = entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;
        return now.UtcDateTime - DateTime.SpecifyKind(sign, DateTimeKind.Utc) <= LivenessSetup.SilentFor;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.GoneAwaited, LogLevel.Warning, "Cannot reach {Members}: waiting up to {Seconds} s until they count as gone or answer")]
        public static partial void Awaited(ILogger logger, string members, double seconds);
    }
}
