using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Grains;

namespace GeminiBalance.Cluster.Tests.Members;

public sealed class KnownGatewaysTests
{
    [Fact]
    public void With_ACompleteView_ForgetsWhoIsGone()
    {
        var known = KnownGateways.None.With(View(isComplete: true, "a", "b")).With(View(isComplete: true, "b", "c"));

        Assert.Equal(["b", "c"], known.Names);
    }

    [Fact]
    public void With_AnIncompleteView_ForgetsNobodyUntilItIsComplete()
    {
        var known = KnownGateways.None.With(View(isComplete: true, "a", "b"));
        var young = known.With(View(isComplete: false, "c"));

        Assert.Equal(["a", "b", "c"], young.Names);
        Assert.False(young.IsComplete);
        Assert.Equal(["c"], young.With(View(isComplete: true, "c")).Names);
    }

    private static ClusterView View(bool isComplete, params string[] gateways) => new() { Gateways = gateways, IsComplete = isComplete };
}
