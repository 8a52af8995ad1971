using GeminiBalance.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Gateways;

/// <summary>The live gateways. Kept in memory alone: they join again and again.</summary>
[GrainType("keydirectory")]
internal sealed partial class KeyDirectoryGrain(TimeProvider time, ILogger<KeyDirectoryGrain> logger) : Grain, IKeyDirectoryGrain
{
    private readonly Dictionary<string, Member> members = new(StringComparer.Ordinal);
    private DateTimeOffset activatedAt;
    private int next;

    private ClusterView View => new()
    {
        Gateways = [.. members.Keys.Order(StringComparer.Ordinal)],
        IsComplete = time.GetUtcNow() - activatedAt >= KeyDirectory.CompleteAfter,
    };

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        activatedAt = time.GetUtcNow();
        this.RegisterGrainTimer(DropSilent, new GrainTimerCreationOptions(KeyDirectory.JoinEvery, KeyDirectory.JoinEvery) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public ValueTask<ClusterView> JoinAsync(string gatewayId, IGatewayObserver observer)
    {
        var isNew = !members.ContainsKey(gatewayId);
        if (isNew && members.Count >= KeyDirectory.GatewaysMax)
        {
            return new ValueTask<ClusterView>(View);
        }

        members[gatewayId] = new Member(observer, time.GetUtcNow());
        if (isNew)
        {
            Log.Joined(logger, gatewayId, members.Count);
            TellAll(gateway => gateway.OnViewChanged(View));
        }

        return new ValueTask<ClusterView>(View);
    }

    public ValueTask LeaveAsync(string gatewayId)
    {
        Remove(gatewayId);
        return ValueTask.CompletedTask;
    }

    public ValueTask AnnounceAsync(ClusterChange change)
    {
        TellAll(gateway => gateway.OnChanged(change));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> RequestRecheckAsync()
    {
        if (members.Count == 0)
        {
            return new ValueTask<bool>(false);
        }

        var (id, member) = members.OrderBy(pair => pair.Key, StringComparer.Ordinal).ElementAt(next++ % members.Count);
        Log.RecheckAsked(logger, id);
        member.Observer.OnRecheckDue();
        return new ValueTask<bool>(true);
    }

    private Task DropSilent(CancellationToken cancellationToken)
    {
        var silent = time.GetUtcNow() - KeyDirectory.DroppedAfter;
        foreach (var id in members.Where(pair => pair.Value.HeardAt < silent).Select(pair => pair.Key).ToList())
        {
            Remove(id);
        }

        return Task.CompletedTask;
    }

    private void Remove(string gatewayId)
    {
        if (members.Remove(gatewayId))
        {
            Log.Left(logger, gatewayId, members.Count);
            TellAll(gateway => gateway.OnViewChanged(View));
        }
    }

    private void TellAll(Action<IGatewayObserver> tell)
    {
        foreach (var member in members.Values)
        {
            tell(member.Observer);
        }
    }

    private sealed record Member(IGatewayObserver Observer, DateTimeOffset HeardAt);

    private static partial class Log
    {
        [LoggerMessage(EventIds.GatewayJoined, LogLevel.Information, "Gateway {Gateway} joined; {Count} are there")]
        public static partial void Joined(ILogger logger, string gateway, int count);

        [LoggerMessage(EventIds.GatewayLeft, LogLevel.Information, "Gateway {Gateway} left; {Count} are there")]
        public static partial void Left(ILogger logger, string gateway, int count);

        [LoggerMessage(EventIds.RecheckAsked, LogLevel.Information, "Gateway {Gateway} is to check the rejected keys")]
        public static partial void RecheckAsked(ILogger logger, string gateway);
    }
}
