using GeminiBalance.KeyPool.Tests.Local;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Gateways and holders have clocks of their own, which may be wrong, and may be set.</summary>
public sealed class ClocksTests
{
    private static readonly LeaseRequest Patient = Samples.Request(100);

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(5)]
    public void Holder_ClockDiffers_TimesAreTheGatewaysAndTheWindowTheHolders(int seconds)
    {
        var time = new ManualTimeProvider();
        var holderTime = new SkewedClock(time, TimeSpan.FromSeconds(seconds));
        var ledgers = new InMemoryLedgers(holderTime);
        var pool = new ClusterKeyPool(ledgers, time, limits: Samples.Table(rpm: 1));
        pool.ApplyKeys([new RosterKey(Samples.NewKey(0), new KeyProfile())], []);
        var lease = GatewayBench.Result(pool.AcquireAsync(Patient, default).AsTask()).Lease!;
        Assert.Equal((time.GetUtcNow(), time.GetUtcNow() + GatewayBench.SendWithin), (lease.GrantedAt, lease.SendBefore));

        // Sent two seconds late: the token stays away for as much longer.
        time.Advance(TimeSpan.FromSeconds(10));
        pool.Settle(lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = lease.SendBefore + TimeSpan.FromSeconds(2) });
        Assert.Equal(TimeSpan.FromSeconds(2.125), ledgers.Log[^1].Ask.Settlements[0].SentAfter);
        var waiting = pool.AcquireAsync(Patient, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(60.25 + 2 - 10));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(GatewayBench.Result(waiting).IsGranted);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void Gateway_ClockIsSet_WaitsKeepTheirLengthAndLeasesTheNewTime(int seconds)
    {
        var clock = new SettableClock();
        var bench = new GatewayBench(1, clock: clock);
        var waiting = bench.AcquireAsync(Patient);
        bench.TheAsk().Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(10));
        var impatient = bench.AcquireAsync(Samples.Request(11));
        clock.Set(TimeSpan.FromSeconds(seconds));
        clock.Advance(TimeSpan.FromSeconds(10) - GatewayBench.Tick);
        Assert.Empty(bench.Ledgers.Open);
        clock.Advance(GatewayBench.Tick);
        bench.TheAsk().Grant(1, TimeSpan.FromSeconds(30));
        var lease = GatewayBench.Result(waiting).Lease!;
        Assert.Equal((clock.GetUtcNow(), clock.GetUtcNow() + GatewayBench.SendWithin), (lease.GrantedAt, lease.SendBefore));
        Assert.Equal(TimeSpan.FromSeconds(30), GatewayBench.Result(impatient).RetryAfter);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void Gateway_ClockIsSet_AddressPausesGoOnAsBefore(int seconds)
    {
        var clock = new SettableClock();
        var bench = new GatewayBench(6, clock: clock);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        clock.Set(TimeSpan.FromSeconds(seconds));
        foreach (var pause in new[] { 1, 2, 4 })
        {
            // The sixth was under way when the pause began.
            foreach (var lease in bench.Acquire(6).Select(call => GatewayBench.Result(call).Lease!).ToList())
            {
                bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.EgressRefused));
            }

            var denied = GatewayBench.Result(bench.AcquireAsync());
            Assert.Equal((LeaseDenialReason.EgressLimited, (TimeSpan?)TimeSpan.FromSeconds(pause)), (denied.Denial!.Value, denied.RetryAfter));
            clock.Advance(TimeSpan.FromSeconds(pause));
        }
    }
}
