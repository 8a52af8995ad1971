namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>How a claimed ledger grants, is stored and is handed on. What moves between holders is in <see cref="HandOverTests"/>.</summary>
public sealed class LedgerHolderTests
{
    private static readonly KeyLimits TwoAMinute = new(2, 0, 0);
    private readonly HolderBench bench = new();

    [Fact]
    public void Answer_GrantsInOrderAndSaysWhatComesNext()
    {
        var holder = bench.NewKey();
        var answer = holder.Answer(HolderBench.Ask(new KeyLimits(2, 100, 0), 40, 50, 1), bench.Now);

        Assert.Equal([40, 50], answer.Grants.Select(grant => grant.ChargedTokens));
        Assert.Equal(KeyDenialReason.Minute, answer.Denial);
        Assert.Equal(HolderBench.Span + TimeSpan.FromTicks(1), answer.NextIn);
        Assert.Equal(1, answer.Term);
        Assert.True(holder.IsChanged);
    }

    [Fact]
    public void Answer_AllGrantedAndOneMoreWouldBe_SaysSo()
    {
        var answer = bench.NewKey().Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now);

        Assert.Equal((1, KeyDenialReason.None, TimeSpan.Zero), (answer.Grants.Count, answer.Denial, answer.NextIn));
        Assert.Equal(1, answer.WeightFactor);
        Assert.True(answer.IsLittleUsed);
    }

    [Fact]
    public void Answer_SettlementsCountFirst()
    {
        var holder = bench.NewKey();
        var first = holder.Answer(HolderBench.Ask(TwoAMinute, 1, 1), bench.Now);
        var givenBack = HolderBench.Settled(first, CallOutcomeKind.NotSent);

        var answer = holder.Answer(HolderBench.Ask(TwoAMinute, 1) with { Settlements = [givenBack] }, bench.Now);
        Assert.Single(answer.Grants);
    }

    [Fact]
    public void Answer_PulseLost_IsRefusedUntilTheStoreIsAskedAgain()
    {
        var holder = bench.NewKey();
        bench.AdvanceSilently(HolderPulseOptions.Default.TrustedFor + TimeSpan.FromTicks(1));

        var answer = holder.Answer(HolderBench.Ask(KeyLimits.Unlimited, 1), bench.Now);
        Assert.Empty(answer.Grants);
        Assert.Equal((KeyDenialReason.StoreUnavailable, HolderPulseOptions.Default.Interval), (answer.Denial, answer.NextIn));
        bench.Pulse.Answered(bench.Now, bench.Now);
        Assert.Single(holder.Answer(HolderBench.Ask(KeyLimits.Unlimited, 1), bench.Now).Grants);
    }

    [Fact]
    public void Answer_KeyOutOfUse_OnlyAProbeIsGranted()
    {
        var holder = bench.NewKey();
        holder.Disable("by hand", bench.Now);

        var answer = holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now);
        Assert.Equal((0, KeyDenialReason.State), (answer.Grants.Count, answer.Denial));
        Assert.True(answer.NextIn > TimeSpan.FromDays(300)); // Never, in a form that can be added to a time.
        Assert.Single(holder.Answer(HolderBench.Ask(TwoAMinute, 1) with { IsProbe = true }, bench.Now).Grants);
    }

    [Fact]
    public void DayCount_RunsAheadOfTheStoreByAChunkOnly()
    {
        var holder = bench.NewKey();
        var limits = new KeyLimits(0, 0, 100);

        var answer = holder.Answer(HolderBench.Ask(limits, 1, 1, 1), bench.Now);
        Assert.Equal((2, KeyDenialReason.NeedsCheckpoint), (answer.Grants.Count, answer.Denial));
        Assert.True(answer.NextIn > TimeSpan.Zero); // Whoever asks again at once would spin.
        Assert.True(holder.IsUrgent);
        holder.TakeSnapshot(bench.Now, withWindows: false);
        Assert.Empty(holder.Answer(HolderBench.Ask(limits, 1), bench.Now).Grants);
        holder.Stored();
        Assert.Single(holder.Answer(HolderBench.Ask(limits, 1), bench.Now).Grants);
    }

    [Fact]
    public void NotStored_CountsOnlyWhileNobodyReachesTheStore()
    {
        var holder = bench.NewKey();
        var limits = new KeyLimits(0, 0, 50);
        Assert.Single(holder.Answer(HolderBench.Ask(limits, 1, 1), bench.Now).Grants);
        holder.TakeSnapshot(bench.Now, withWindows: false);
        holder.NotStored(bench.Now);
        Assert.True(holder.IsChanged);
        Assert.Empty(holder.Answer(HolderBench.Ask(limits, 1), bench.Now).Grants);

        bench.AdvanceFailing(TimeSpan.FromSeconds(10));
        holder.TakeSnapshot(bench.Now, withWindows: false);
        holder.NotStored(bench.Now);
        Assert.Single(holder.Answer(HolderBench.Ask(limits, 1), bench.Now).Grants);
        Assert.True(holder.IsChanged); // The store gets it when it is back.
    }

    [Fact]
    public void Changes_AreSeenUntilTakenAndUrgentWhenTheStateChanges()
    {
        var holder = bench.NewKey();
        Assert.Equal((false, false), (holder.IsChanged, holder.IsUrgent));
        var first = holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now);
        Assert.Equal((true, false), (holder.IsChanged, holder.IsUrgent));

        holder.Settle([HolderBench.Settled(first, CallOutcomeKind.KeySuspended)], bench.Now);
        Assert.Equal((KeyState.Suspended, true), (holder.State, holder.IsUrgent));
        Assert.Equal(KeyState.Suspended, holder.TakeSnapshot(bench.Now, withWindows: false).State);
        Assert.Equal((false, false), (holder.IsChanged, holder.IsUrgent));
        holder.Enable();
        Assert.Equal((true, true, KeyState.Active), (holder.IsChanged, holder.IsUrgent, holder.State));
    }

    [Fact]
    public void Read_ShowsWindowsAndTakesNothing()
    {
        var holder = bench.NewKey();
        holder.Answer(HolderBench.Ask(TwoAMinute, 7), bench.Now);

        Assert.Equal([bench.Now.UtcTicks, 1, 7], Assert.Single(holder.Read(bench.Now).Models!).Window!);
        Assert.True(holder.IsChanged);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void ClockSet_WindowsAreFullForAMinute(int seconds)
    {
        var holder = bench.NewKey();
        var step = TimeSpan.FromSeconds(seconds);
        bench.SetClock(step);
        holder.ClockWasSet(step, bench.Now);

        var answer = holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now);
        Assert.Equal((0, KeyDenialReason.Minute), (answer.Grants.Count, answer.Denial));
        bench.Advance(HolderBench.Span);
        Assert.Empty(holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Grants);
        bench.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, holder.Answer(HolderBench.Ask(TwoAMinute, 1, 1), bench.Now).Grants.Count);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public void ClockSet_StampFromBeforeGivesNothingBackThatIsNotItsOwn(int seconds)
    {
        var holder = bench.NewKey();
        var before = holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now);
        var step = TimeSpan.FromSeconds(seconds);
        bench.SetClock(step);
        holder.ClockWasSet(step, bench.Now);
        bench.Advance(HolderBench.Span + TimeSpan.FromTicks(1));
        var after = holder.Answer(HolderBench.Ask(TwoAMinute, 1, 1), bench.Now);

        holder.Settle([HolderBench.Settled(before, CallOutcomeKind.NotSent)], bench.Now);
        Assert.Empty(holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Grants);
        holder.Settle([HolderBench.Settled(after, CallOutcomeKind.NotSent)], bench.Now);
        Assert.Single(holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Grants);
    }
}
