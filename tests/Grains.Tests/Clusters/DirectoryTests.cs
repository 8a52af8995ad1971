using System.Threading.Channels;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>The directory of gateways and the re-checks, in a silo.</summary>
public sealed class DirectoryTests
{
    [Fact]
    public async Task Gateways_HearOfEachOther_OfChanges_AndOneOfRechecks()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        var directory = cluster.Client.GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key);
        Assert.False(await directory.RequestRecheckAsync());
        var (one, other) = (new Gateway(), new Gateway());
        Assert.Equal(["b"], (await directory.JoinAsync("b", one.In(cluster))).Gateways);
        Assert.Equal("view b", await one.HearAsync());
        var view = await directory.JoinAsync("a", other.In(cluster));
        Assert.Equal(["a", "b"], view.Gateways);
        Assert.False(view.IsComplete);
        Assert.Equal(("view a,b", "view a,b"), (await one.HearAsync(), await other.HearAsync()));

        Assert.Equal(["a", "b"], (await directory.JoinAsync("a", other.In(cluster))).Gateways); // Nothing new: nobody is told.
        await directory.AnnounceAsync(new ClusterChange { Kind = ClusterChangeKind.Settings });
        Assert.Equal(("Settings", "Settings"), (await one.HearAsync(), await other.HearAsync()));
        Assert.True(await directory.RequestRecheckAsync());
        Assert.Equal("recheck", await other.HearAsync());
        Assert.True(await directory.RequestRecheckAsync());
        Assert.Equal("recheck", await one.HearAsync());
        await directory.LeaveAsync("a");
        await directory.LeaveAsync("a");
        Assert.Equal("view b", await one.HearAsync());
        await directory.AnnounceAsync(new ClusterChange { Kind = ClusterChangeKind.Keys });
        Assert.Equal("Keys", await one.HearAsync());
        Assert.Equal(0, other.Unheard);
    }

    [Fact]
    public async Task Recheck_ReminderAsksOneGateway_AndTellingTheSameIntervalAgainChangesNothing()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        var gateway = new Gateway();
        await cluster.Client.GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key).JoinAsync("a", gateway.In(cluster));
        await gateway.HearAsync();
        var recheck = cluster.Client.GetGrain<IRecheckGrain>(0);
        await recheck.EnsureAsync(TimeSpan.FromHours(1));
        var first = await ReminderAsync(cluster);
        Assert.Equal(TimeSpan.FromHours(1), first?.Period);
        await recheck.EnsureAsync(TimeSpan.FromHours(1));
        Assert.Equal(first?.ETag, (await ReminderAsync(cluster))?.ETag);

        await recheck.AsReference<IRemindable>().ReceiveReminder("recheck", new Orleans.Runtime.TickStatus());
        Assert.Equal("recheck", await gateway.HearAsync());
        await recheck.EnsureAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromMinutes(1), (await ReminderAsync(cluster))?.Period);
        await recheck.EnsureAsync(TimeSpan.Zero);
        Assert.Null(await ReminderAsync(cluster));
    }

    private static async Task<ReminderEntry?> ReminderAsync(GrainCluster cluster)
    {
        var table = (IReminderTable)cluster.Silos[0].ServiceProvider.GetService(typeof(IReminderTable))!;
        var reminder = await table.ReadRow(cluster.Client.GetGrain<IRecheckGrain>(0).GetGrainId(), "recheck");
        return string.IsNullOrEmpty(reminder?.ReminderName) ? null : reminder;
    }

    private sealed class Gateway : IGatewayObserver
    {
        private readonly Channel<string> heard = Channel.CreateUnbounded<string>();
        private IGatewayObserver? reference;

        public int Unheard => heard.Reader.Count;

        public IGatewayObserver In(GrainCluster cluster) => reference ??= cluster.Client.CreateObjectReference<IGatewayObserver>(this);

        public ValueTask<string> HearAsync() => heard.Reader.ReadAsync();

        public void OnViewChanged(ClusterView view) => heard.Writer.TryWrite($"view {string.Join(',', view.Gateways)}");

        public void OnChanged(ClusterChange change) => heard.Writer.TryWrite($"{change.Kind}");

        public void OnRecheckDue() => heard.Writer.TryWrite("recheck");
    }
}
