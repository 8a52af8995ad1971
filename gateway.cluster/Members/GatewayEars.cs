using GeminiBalance.Grains;

namespace GeminiBalance.Gateway.Cluster.Members;

/// <summary>What the directory tells this gateway, passed on. Returns at once: the caller is Orleans' own thread.</summary>
internal sealed class GatewayEars(Action<ClusterView> viewChanged, Action<ClusterChange> changed, Action recheckDue) : IGatewayObserver
{
    public void OnViewChanged(ClusterView view) => viewChanged(view);

    public void OnChanged(ClusterChange change) => changed(change);

    public void OnRecheckDue() => recheckDue();
}
