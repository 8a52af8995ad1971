using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Members;

/// <summary>Keeps this gateway in the directory of the cluster, and does what the directory tells it.</summary>
internal sealed partial class GatewayMember(
    IClusterClient client,
    SiloConnection connection,
    SiloContact contact,
    ClusterKeyPool pool,
    RosterFollower roster,
    RejectedKeyCheck check,
    SettingsFollower stored,
    ISettingsSource settings,
    GatewayName name,
    TimeProvider time,
    ILogger<GatewayMember> logger) : BackgroundService
{
    /// <summary>The wait after a join that failed.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim recheck = new(0, 1);
    private readonly CancellationTokenSource leaving = new();
    private KnownGateways gateways = KnownGateways.None;
    private TimeSpan? ensuredInterval;
    private bool isJoined;
    private int lossesBefore;

    /// <summary>The live gateways, as far as this one knows.</summary>
    public KnownGateways Gateways
    {
        get
        {
            lock (gate)
            {
                return gateways;
            }
        }
    }

    private IKeyDirectoryGrain Directory => client.GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key);

    /// <summary>Leaves the directory, so that the others take over this gateway's share of the keys. It goes on serving.</summary>
    public async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        if (ExecuteTask is { } running)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!isJoined)
        {
            return;
        }

        isJoined = false;
        try
        {
            await Directory.LeaveAsync(name.Value);
            Log.Left(logger);
        }
#pragma warning disable CA1031 // The directory drops a silent gateway by itself.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.JoinFailed(logger, failure.Message);
        }
    }

    public override void Dispose()
    {
        leaving.Dispose();
        recheck.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leaving.Token);
        try
        {
            await connection.WaitAsync(linked.Token);
            await Task.WhenAll(StayJoinedAsync(linked.Token), RecheckAsync(linked.Token));
        }
        catch (OperationCanceledException)
        {
            // The gateway leaves, or never had a silo.
        }
    }

    private async Task StayJoinedAsync(CancellationToken cancellationToken)
    {
        // Orleans keeps a weak reference only: the object must live as long as it is to hear anything.
        var ears = new GatewayEars(Apply, OnChanged, OnRecheckDue);
        var reference = client.CreateObjectReference<IGatewayObserver>(ears);
        while (true)
        {
            var joined = await TryJoinAsync(reference);
            await Task.Delay(joined ? KeyDirectory.JoinEvery : RetryAfter, time, cancellationToken);
            GC.KeepAlive(ears);
        }
    }

    private async Task<bool> TryJoinAsync(IGatewayObserver reference)
    {
        try
        {
            var losses = contact.Losses;
            Apply(await Directory.JoinAsync(name.Value, reference));
            if (!isJoined || losses != lossesBefore)
            {
                (isJoined, lossesBefore) = (true, losses);
                Log.Joined(logger, name);
            }

            await EnsureRecheckAsync();
            return true;
        }
#pragma warning disable CA1031 // Tried again until the process ends, whatever it was.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (isJoined)
            {
                Log.JoinFailed(logger, failure.Message);
            }

            (isJoined, ensuredInterval) = (false, null);
            return false;
        }
    }

    private async Task EnsureRecheckAsync()
    {
        var interval = settings.Current.CheckInterval;
        if (ensuredInterval == interval)
        {
            return;
        }

        try
        {
            await client.GetGrain<IRecheckGrain>(0).EnsureAsync(interval);
            ensuredInterval = interval;
        }
#pragma warning disable CA1031 // Tried again with the next join.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.RecheckNotEnsured(logger, failure.Message);
        }
    }

    private async Task RecheckAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await recheck.WaitAsync(cancellationToken);
            await check.RunAsync(cancellationToken);
        }
    }

    private void Apply(ClusterView view)
    {
        lock (gate)
        {
            var before = gateways;
            gateways = before.With(view);
            if (!gateways.Names.SequenceEqual(before.Names))
            {
                Log.GatewaysChanged(logger, gateways.Names.Count);
            }

            pool.SetGateways(name.Value, gateways.Names);
        }
    }

    private void OnChanged(ClusterChange change)
    {
        Log.Told(logger, change.Kind);

        // A kind this release does not know may be either.
        if (change.Kind != ClusterChangeKind.Settings)
        {
            roster.Tell();
        }

        if (change.Kind != ClusterChangeKind.Keys)
        {
            _ = stored.FollowAsync(leaving.Token);
        }
    }

    private void OnRecheckDue()
    {
        lock (gate)
        {
            // One that runs or waits already covers this one.
            if (recheck.CurrentCount == 0)
            {
                recheck.Release();
            }
        }
    }
}
