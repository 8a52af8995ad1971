namespace GeminiBalance.Grains;

/// <summary>Who the live gateways are, and what they all have to hear. One grain, with key 0; it remembers nothing beyond its life.</summary>
[Alias("gb.IKeyDirectoryGrain")]
public interface IKeyDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A gateway is there. To be repeated every <see cref="KeyDirectory.JoinEvery"/>; whoever is silent for <see cref="KeyDirectory.DroppedAfter"/> is dropped.</summary>
    [Alias("Join")]
    [ResponseTimeout(GrainTimeouts.Ask)]
    ValueTask<ClusterView> JoinAsync(string gatewayId, IGatewayObserver observer);

    /// <summary>A gateway stops.</summary>
    [Alias("Leave")]
    [ResponseTimeout(GrainTimeouts.Ask)]
    ValueTask LeaveAsync(string gatewayId);

    /// <summary>Tells all gateways, the announcing one too, what changed in the store.</summary>
    [Alias("Announce")]
    [ResponseTimeout(GrainTimeouts.Ask)]
    ValueTask AnnounceAsync(ClusterChange change);

    /// <summary>Tells one live gateway to check the rejected keys.</summary>
    /// <returns>False when there is none.</returns>
    [Alias("RequestRecheck")]
    [ResponseTimeout(GrainTimeouts.Ask)]
    ValueTask<bool> RequestRecheckAsync();
}
