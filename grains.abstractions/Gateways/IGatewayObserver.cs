using Orleans.Concurrency;

namespace GeminiBalance.Grains;

/// <summary>A gateway, as the directory reaches it: one way, and maybe not at all.</summary>
[Alias("gb.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>A gateway came or went.</summary>
    [Alias("OnViewChanged")]
    [OneWay]
    void OnViewChanged(ClusterView view);

    /// <summary>The store has something new.</summary>
    [Alias("OnChanged")]
    [OneWay]
    void OnChanged(ClusterChange change);

    /// <summary>This gateway is to check the rejected keys now.</summary>
    [Alias("OnRecheckDue")]
    [OneWay]
    void OnRecheckDue();
}
