namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>What a process may conclude from the words of others when it does not reach the store itself.</summary>
public sealed class HolderPeersTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Trusted = HolderPulseOptions.Default.TrustedFor;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly HolderPulse pulse = new(HolderPulseOptions.Default, Start);

    public HolderPeersTests()
    {
        pulse.Answered(Start, Start);
        for (var second = 1; second <= 20; second++)
        {
            pulse.Beat(At(second));
        }

        pulse.Failed(At(20));
    }

    [Fact]
    public void Alone_ThereIsNobodyWhoCouldTakeClaims()
    {
        Assert.False(pulse.MayGrant(At(20)));
        pulse.HearPeers([], At(20), At(20));
        Assert.True(pulse.MayGrant(At(20)));
    }

    [Fact]
    public void AllFailingAndLongWithoutContact_GoesOn()
    {
        pulse.HearPeers([Failing(0, 20), Failing(0, 14.5)], At(20), At(20));
        Assert.True(pulse.MayGrant(At(20)));
    }

    [Fact]
    public void OneReachesTheStore_Stops()
    {
        pulse.HearPeers([Failing(0, 20), new HolderWord(IsFailing: false, TimeSpan.FromDays(700), TimeSpan.FromSeconds(15))], At(20), At(20));
        Assert.False(pulse.MayGrant(At(20)));
        pulse.HearPeers([Failing(0, 20), Failing(0, 15)], At(20.5), At(20.5)); // It did not notice the outage before.
        Assert.True(pulse.MayGrant(At(20.5)));
    }

    [Fact]
    public void OneReachedTheStoreAfterItsClaimsCouldHaveGoneToOthers_StopsUntilTheStoreIsHeard()
    {
        pulse.HearPeers([Failing(0, 20 - Trusted.TotalSeconds)], At(20), At(20));
        Assert.False(pulse.MayGrant(At(20)));
        pulse.HearPeers([], At(21), At(21)); // The one that knows is silent now.
        Assert.False(pulse.MayGrant(At(21)));

        pulse.Answered(At(21), At(22));
        Assert.True(pulse.MayGrant(At(22)));
    }

    [Fact]
    public void WordsAreTrustedFromTheOldestFailureOn()
    {
        pulse.HearPeers([Failing(1, 20), Failing(3, 20)], At(20), At(21));
        for (var second = 21; second <= 25; second++)
        {
            pulse.Beat(At(second));
        }

        Assert.True(pulse.MayGrant(At(17) + Trusted));
        Assert.False(pulse.MayGrant(At(17) + Trusted + Tick));
    }

    [Fact]
    public void Tell_SaysWhenItFailedAndWhenTheStoreAnsweredLast()
    {
        pulse.Reached(At(8));
        pulse.Beat(At(23));

        Assert.Equal(Failing(3, 15), pulse.Tell(At(23)));
    }

    [Fact]
    public void Tell_AClaimCountsAsContact()
    {
        pulse.Beat(At(23));
        _ = new LedgerHolder(new ClaimedLedger(HolderBench.Key, 1, null, WasOpen: true, TimeSpan.Zero), KeyLedgerOptions.Default, pulse, At(23));

        Assert.Equal(TimeSpan.Zero, pulse.Tell(At(23)).ContactAgo);
    }

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private static HolderWord Failing(double failedAgo, double contactAgo) =>
        new(IsFailing: true, TimeSpan.FromSeconds(failedAgo), TimeSpan.FromSeconds(contactAgo));
}
