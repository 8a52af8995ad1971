using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Membership;

/// <summary>Tells in the log who comes and goes.</summary>
internal sealed partial class MemberWatch(IClusterMembershipService membership, ILocalSiloDetails self, ILogger<MemberWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = Statuses(membership.CurrentSnapshot);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                var after = Statuses(snapshot);
                foreach (var change in MemberChanges.Between(before, after, self.SiloAddress))
                {
                    Tell(change, after.Values.Count(status => status == SiloStatus.Active));
                }

                before = after;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private static Dictionary<SiloAddress, SiloStatus> Statuses(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.ToDictionary(entry => entry.Key, entry => entry.Value.Status);

    private void Tell(MemberChange change, int active)
    {
        switch (change.Kind)
        {
            case MemberChangeKind.Joined:
                Log.Joined(logger, change.Member, active);
                break;
            case MemberChangeKind.Leaving:
                Log.Leaving(logger, change.Member, active);
                break;
            case MemberChangeKind.Left:
                Log.Left(logger, change.Member, active);
                break;
            case MemberChangeKind.Evicted:
                Log.Evicted(logger, change.Member, active);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.MemberJoined, LogLevel.Information, "Silo {Member} joined; {Active} active")]
        public static partial void Joined(ILogger logger, SiloAddress member, int active);

        [LoggerMessage(EventIds.MemberLeaving, LogLevel.Information, "Silo {Member} is leaving and hands its keys over; {Active} active")]
        public static partial void Leaving(ILogger logger, SiloAddress member, int active);

        [LoggerMessage(EventIds.MemberLeft, LogLevel.Information, "Silo {Member} left; {Active} active")]
        public static partial void Left(ILogger logger, SiloAddress member, int active);

        [LoggerMessage(EventIds.MemberEvicted, LogLevel.Warning, "Silo {Member} was declared dead; {Active} active take its keys over")]
        public static partial void Evicted(ILogger logger, SiloAddress member, int active);
    }
}
