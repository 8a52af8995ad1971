using GeminiBalance.Gateway.Egress;

namespace GeminiBalance.Gateway.Tests.Egress;

public sealed class ProxyHealthTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Failures_RestLongerEachTime_UntilAProbeSucceeds()
    {
        var health = new ProxyHealth();
        Assert.True(health.Failed("one", Start));
        Assert.False(health.Failed("on its way when the first one failed", Start));
        Assert.Equal(new ProxyState(false, 1, "one", Start.AddSeconds(1)), health.Read());

        Assert.False(health.TakeProbe(Start.AddSeconds(0.5)));
        Assert.True(health.TakeProbe(Start.AddSeconds(1)));
        Assert.False(health.TakeProbe(Start.AddSeconds(1)));
        Assert.False(health.Failed("two", Start.AddSeconds(1)));
        Assert.Equal(new ProxyState(false, 2, "two", Start.AddSeconds(3)), health.Read());

        Assert.True(health.TakeProbe(Start.AddSeconds(3)));
        Assert.True(health.Succeeded());
        Assert.Equal(new ProxyState(true, 0, null, null), health.Read());
        Assert.False(health.Succeeded());
    }

    [Fact]
    public void Rest_HasABound()
    {
        var (health, now) = (new ProxyHealth(), Start);
        health.Failed("first", now);
        for (var i = 0; i < 40; i++)
        {
            now = health.Read().ProbeAt!.Value;
            Assert.True(health.TakeProbe(now));
            health.Failed("again", now);
        }

        Assert.Equal(Limits.ProxyRestMax, health.Read().ProbeAt - now);
    }
}
