using Orleans.Configuration;

namespace GeminiBalance.Silo.Hosting;

/// <summary>
/// How soon a silo that is gone or stands still counts as dead: its keys are out of use until then. Tighter values evict healthy silos that
/// pause for a moment; slower ones leave keys idle.
/// </summary>
internal static class LivenessSetup
{
    private const int SignsMissedMax = 3;
    private static readonly TimeSpan SignEvery = TimeSpan.FromSeconds(5);

    /// <summary>Without a sign of life in the table for this long, a member that does not answer counts as gone without the votes of others.</summary>
    public static TimeSpan SilentFor => SignEvery * SignsMissedMax;

    public static void Configure(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 2;

        // Two members that each miss a silo are proof enough. Asking a third to look first takes five seconds instead of two when a silo stands still.
        options.EnableIndirectProbes = false;

        // A silo that stood still learns from the table, this late at the most, that it was declared dead.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = SignEvery;
        options.NumMissedTableIAmAliveLimit = SignsMissedMax;
        options.MaxJoinAttemptTime = SiloLimits.JoinWithin;
        options.DefunctSiloExpiration = SiloLimits.DefunctSiloAge;
        options.MaxDefunctSiloEntries = SiloLimits.DefunctSilosMax;
    }
}
