namespace GeminiBalance.KeyPool.Tests.Holding;

public sealed class HolderPulseTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly HolderPulseOptions Options = HolderPulseOptions.Default;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly HolderPulse pulse = new(Options, Start);

    [Fact]
    public void NewPulse_GrantsNothingBeforeTheStoreAnswered()
    {
        Assert.False(pulse.MayGrant(Start));
        pulse.Failed(At(1));
        pulse.HearPeers([], At(1), At(1));
        Assert.False(pulse.MayGrant(At(1)));

        pulse.Answered(At(2), At(2.5));
        Assert.True(pulse.MayGrant(At(2.5)));
    }

    [Fact]
    public void Silence_EndsTrustSoLongAfterTheQuestionWasAsked()
    {
        pulse.Answered(At(0), At(1));
        BeatFromUntil(1, 5);

        Assert.True(pulse.MayGrant(Start + Options.TrustedFor));
        Assert.False(pulse.MayGrant(Start + Options.TrustedFor + Tick));
        Assert.False(pulse.IsDegraded(Start + Options.TrustedFor + Tick)); // Silence is no proof that nobody else reaches the store.
    }

    [Fact]
    public void StoreOutOfReachForAll_GrantsGoOnDegradedAsLongAsThatIsTrusted()
    {
        pulse.Answered(At(0), At(0));
        FailUntil(60);

        Assert.True(pulse.MayGrant(At(60)));
        Assert.True(pulse.IsDegraded(At(60)));
        BeatFromUntil(61, 66);
        pulse.Failed(At(66));
        Assert.True(pulse.MayGrant(At(60) + Options.TrustedFor));
        Assert.False(pulse.MayGrant(At(60) + Options.TrustedFor + Tick));
        pulse.HearPeers([], At(66), At(67));
        Assert.True(pulse.MayGrant(At(67)));
    }

    [Fact]
    public void StoreOutOfReachForThisProcessOnly_Stops()
    {
        pulse.Answered(At(0), At(0));
        BeatFromUntil(1, 6);
        pulse.Failed(At(4));

        Assert.True(pulse.IsFailing);
        Assert.True(pulse.MayGrant(At(6)));
        Assert.False(pulse.MayGrant(At(6) + Tick));
    }

    [Fact]
    public void StoreAnswersAgain_AnEarlierOutageOfAllIsForgotten()
    {
        pulse.Answered(At(0), At(0));
        FailUntil(5);
        pulse.Answered(At(4), At(5));
        pulse.HearPeers([], At(5), At(5)); // Late.
        BeatFromUntil(6, 10);

        Assert.False(pulse.IsFailing);
        Assert.False(pulse.MayGrant(At(10) + Tick));
    }

    [Fact]
    public void StoreOutOfReach_FirstSecondsAreNotDegraded()
    {
        pulse.Answered(At(0), At(0));
        FailUntil(6);

        Assert.True(pulse.MayGrant(At(6)));
        Assert.False(pulse.IsDegraded(At(6)));
        Assert.True(pulse.IsDegraded(At(6) + Tick));
    }

    [Fact]
    public void StoreOutOfReach_StrictStops()
    {
        var strict = new HolderPulse(Options with { IsStrict = true }, Start);
        strict.Answered(At(0), At(0));
        for (var second = 1; second <= 8; second++)
        {
            strict.Beat(At(second));
            strict.Failed(At(second));
            strict.HearPeers([], At(second), At(second));
        }

        Assert.True(strict.MayGrant(At(6)));
        Assert.False(strict.MayGrant(At(6) + Tick));
    }

    [Fact]
    public void StoreBackAfterAnOutage_IsTrustedAgainAndNotDegraded()
    {
        pulse.Answered(At(0), At(0));
        FailUntil(60);
        pulse.Answered(At(61), At(61.5));

        Assert.True(pulse.MayGrant(At(61.5)));
        Assert.False(pulse.IsDegraded(At(61.5)));
        Assert.Equal(At(61), pulse.AnsweredSince);
    }

    [Fact]
    public void FrozenProcess_MustHearTheStoreFirst()
    {
        pulse.Answered(At(0), At(0));
        Assert.True(pulse.MayGrant(At(4)));
        Assert.False(pulse.MayGrant(At(4) + Tick)); // Within the trusted time, but no beat came in time.
        Assert.False(pulse.MayGrant(At(5)));

        pulse.Answered(At(3), At(5)); // Asked before it was noticed: the loss may have happened since.
        Assert.False(pulse.MayGrant(At(5)));
        pulse.Answered(At(5), At(5.1));
        Assert.True(pulse.MayGrant(At(5.1)));
    }

    [Fact]
    public void FrozenProcess_BeatThatComesLateIsNoticedToo()
    {
        pulse.Answered(At(0), At(0));
        pulse.Beat(At(4.5));

        Assert.False(pulse.MayGrant(At(4.6)));
    }

    [Fact]
    public void FrozenWhileTheStoreIsOutOfReach_DoesNotGoOn()
    {
        pulse.Answered(At(0), At(0));
        FailUntil(20);
        Assert.True(pulse.MayGrant(At(20)));
        pulse.Failed(At(30));
        pulse.HearPeers([], At(25), At(30));

        Assert.False(pulse.MayGrant(At(30)));
        FailFromUntil(31, 60);
        Assert.False(pulse.MayGrant(At(60)));
        pulse.Answered(At(60), At(60));
        Assert.True(pulse.MayGrant(At(60)));
    }

    [Fact]
    public void AnsweredSince_IsWhenTheFirstQuestionOfAnUnbrokenRowWasAsked()
    {
        Assert.Equal(DateTimeOffset.MaxValue, pulse.AnsweredSince);
        pulse.Answered(At(1), At(2));
        pulse.Answered(At(3), At(4));
        Assert.Equal(At(1), pulse.AnsweredSince);

        pulse.Failed(At(7));
        Assert.Equal(DateTimeOffset.MaxValue, pulse.AnsweredSince);
        pulse.Answered(At(7), At(8));
        Assert.Equal(At(7), pulse.AnsweredSince);

        pulse.Answered(At(19), At(20)); // It stood still from second 8 on, so that a row ended.
        Assert.Equal(DateTimeOffset.MaxValue, pulse.AnsweredSince);
        pulse.Answered(At(20), At(21));
        Assert.Equal(At(20), pulse.AnsweredSince);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(3600)]
    public void ClockSet_MustHearTheStoreFirst(double step)
    {
        pulse.Answered(At(0), At(0));
        pulse.ClockWasSet(At(1 + step));

        Assert.False(pulse.MayGrant(At(1 + step)));
        Assert.False(pulse.MayGrant(At(2 + step)));
        pulse.Failed(At(2 + step));
        pulse.HearPeers([], At(2 + step), At(2 + step));
        Assert.False(pulse.MayGrant(At(2 + step)));
        pulse.Answered(At(2 + step), At(3 + step));
        Assert.True(pulse.MayGrant(At(3 + step)));
        Assert.Equal(At(2 + step), pulse.AnsweredSince);
    }

    [Fact]
    public void ClockSetBack_ReaderWithAnOlderTimeDoesNotBlockThePulseForLong()
    {
        pulse.Answered(At(3600), At(3600));
        pulse.ClockWasSet(At(0));
        Assert.False(pulse.MayGrant(At(3600))); // Read its time before the step.
        pulse.Beat(At(0.5));
        pulse.Answered(At(1), At(1));

        Assert.True(pulse.MayGrant(At(1)));
    }

    [Fact]
    public void Answered_QuestionFromTheFutureIsTrustedNoLongerThanOneAskedNow()
    {
        pulse.Answered(At(2), At(1));
        BeatFromUntil(2, 7);

        Assert.True(pulse.MayGrant(At(7)));
        Assert.False(pulse.MayGrant(At(7) + Tick));
    }

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private void BeatFromUntil(int first, double end)
    {
        for (var second = first; second <= end; second++)
        {
            pulse.Beat(At(second));
        }
    }

    private void FailUntil(int end) => FailFromUntil(1, end);

    private void FailFromUntil(int first, int end)
    {
        for (var second = first; second <= end; second++)
        {
            pulse.Beat(At(second));
            pulse.Failed(At(second));
            pulse.HearPeers([], At(second), At(second));
        }
    }
}
