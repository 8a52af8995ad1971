using GeminiBalance.Gateway.Cluster.Signatures;
using GeminiBalance.TestKit;

namespace GeminiBalance.Cluster.Tests.Signatures;

public sealed class AskingRestTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    [Fact]
    public void AfterAFailure_NobodyAsksForAWhile_ThenOneDoes()
    {
        var time = new ManualTimeProvider();
        var rest = new AskingRest(time, Rest);
        Assert.True(rest.TryAsk());
        Assert.True(rest.Failed());
        Assert.False(rest.Failed());
        Assert.False(rest.TryAsk());

        time.Advance(Rest);
        Assert.Equal((true, false), (rest.TryAsk(), rest.TryAsk()));
        time.Advance(Rest);
        Assert.Equal((true, false), (rest.TryAsk(), rest.TryAsk()));

        rest.Answered();
        Assert.Equal((true, true), (rest.TryAsk(), rest.TryAsk()));
    }
}
