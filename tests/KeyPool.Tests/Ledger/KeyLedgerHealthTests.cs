namespace GeminiBalance.KeyPool.Tests.Ledger;

public sealed class KeyLedgerHealthTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly KeyLedger ledger = new(new KeyId("0123456789abcdef"), KeyLedgerOptions.Default, weight: 2);
    private DateTimeOffset now = Start;

    [Fact]
    public void Settle_RateLimitedWithDelay_CoolsDownForExactlyThat()
    {
        Call(CallOutcomeKind.KeyRateLimited, TimeSpan.FromSeconds(36.5));
        var denied = ledger.TryGrant(Model, default, 0, now);
        Assert.Equal((KeyDenialReason.CoolDown, now + TimeSpan.FromSeconds(36.5)), (denied.Denial, denied.At));
        Assert.False(ledger.TryGrant(Model, default, 0, denied.At - Tick).IsGranted);
        Assert.True(ledger.TryGrant(Model, default, 0, denied.At).IsGranted);
    }

    [Fact]
    public void Settle_ShorterDelay_NeverShortensACoolDown()
    {
        Call(CallOutcomeKind.KeyRateLimited, TimeSpan.FromSeconds(60));
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.KeyRateLimited) { RetryDelay = TimeSpan.FromSeconds(1) }, now);
        Assert.Equal(now + TimeSpan.FromSeconds(60), ledger.TryGrant(Model, default, 0, now).At);
    }

    [Fact]
    public void Settle_AbsurdDelay_IsBounded()
    {
        Call(CallOutcomeKind.KeyRateLimited, TimeSpan.FromDays(4000));
        Assert.Equal(now + TimeSpan.FromHours(24), ledger.TryGrant(Model, default, 0, now).At);
    }

    [Fact]
    public void Settle_RateLimitedWithoutDelay_DoublesUntilASuccess()
    {
        double[] expected = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
        foreach (var seconds in expected)
        {
            Call(CallOutcomeKind.KeyRateLimited);
            var until = ledger.TryGrant(Model, default, 0, now).At;
            Assert.Equal(TimeSpan.FromSeconds(seconds), until - now);
            now = until;
        }

        Call(CallOutcomeKind.Succeeded);
        Call(CallOutcomeKind.KeyRateLimited);
        Assert.Equal(now + TimeSpan.FromSeconds(2), ledger.TryGrant(Model, default, 0, now).At);
    }

    [Fact]
    public void Settle_CallsUnderWayTogether_CountAsOneStrike()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        }

        for (var i = 0; i < 5; i++)
        {
            ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.KeyRateLimited), now);
        }

        Assert.Equal(now + TimeSpan.FromSeconds(2), ledger.TryGrant(Model, default, 0, now).At);
    }

    [Fact]
    public void Settle_ModelNotAvailable_IsNotTriedForSixHours()
    {
        Call(CallOutcomeKind.ModelNotAvailable);
        var denied = ledger.TryGrant(Model, default, 0, now);
        Assert.Equal((KeyDenialReason.ModelUnavailable, now + TimeSpan.FromHours(6)), (denied.Denial, denied.At));
        Assert.True(ledger.TryGrant("other", default, 0, now).IsGranted);
        Assert.False(ledger.StatusAt("", new KeyProfile(), _ => default, now).Models[0].IsAvailable);
    }

    [Fact]
    public void Settle_LearnedLimit_TightensForADay()
    {
        ledger.TryGrant(Model, default, 0, now);
        var learned = new LearnedLimit(QuotaKind.RequestsPerMinute, 2, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.RequestRejected) { LearnedLimits = [learned] }, now);
        var status = ledger.StatusAt("", new KeyProfile(), _ => default, now).Models[0];
        Assert.Equal((new KeyLimits(2, 0, 0), true), (status.Limits, status.IsLearned));
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        Assert.Equal(KeyDenialReason.Minute, ledger.TryGrant(Model, default, 0, now).Denial);
        Assert.Equal(1, ledger.StatusAt("", new KeyProfile(), _ => new KeyLimits(1, 0, 0), now).Models[0].Limits.RequestsPerMinute);

        now += TimeSpan.FromHours(24);
        Assert.False(ledger.StatusAt("", new KeyProfile(), _ => default, now).Models[0].IsLearned);
    }

    [Fact]
    public void Settle_LearnedAfterAnotherLimitExpired_DoesNotBringThatBack()
    {
        Learn(new LearnedLimit(QuotaKind.RequestsPerMinute, 2, "q"));
        now += TimeSpan.FromHours(24);
        Learn(new LearnedLimit(QuotaKind.RequestsPerDay, 50, "q"));
        Assert.Equal(new KeyLimits(0, 0, 50), ledger.StatusAt("", new KeyProfile(), _ => default, now).Models[0].Limits);
    }

    [Fact]
    public void CountIn_OwnLearnedLimitExpired_TakesTheOther()
    {
        Learn(new LearnedLimit(QuotaKind.RequestsPerMinute, 2, "q"));
        now += TimeSpan.FromHours(24);
        var other = new ModelLedgerSnapshot { Model = Model, LearnedUntil = now + TimeSpan.FromHours(1), LearnedRpd = 50 };
        ledger.CountIn(new KeyLedgerSnapshot { KeyId = "0123456789abcdef", Models = [other] }, now);
        Assert.Equal(new KeyLimits(0, 0, 50), ledger.StatusAt("", new KeyProfile(), _ => default, now).Models[0].Limits);
    }

    [Theory]
    [InlineData(QuotaKind.RequestsPerMinute)]
    [InlineData(QuotaKind.TokensPerMinute)]
    [InlineData(QuotaKind.RequestsPerDay)]
    public void Settle_LearnedZero_MakesTheModelUnavailable(QuotaKind quota)
    {
        ledger.TryGrant(Model, default, 0, now);
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.KeyRateLimited) { LearnedLimits = [new LearnedLimit(quota, 0, "q")] }, now);
        Assert.Equal(KeyDenialReason.ModelUnavailable, ledger.TryGrant(Model, default, 0, now).Denial);
    }

    [Fact]
    public void Settle_KeyRejected_LeavesAfterMaxFailuresInARow()
    {
        Call(CallOutcomeKind.KeyRejected);
        Call(CallOutcomeKind.KeyRejected);
        Call(CallOutcomeKind.Succeeded);
        Call(CallOutcomeKind.KeyRejected);
        Call(CallOutcomeKind.KeyRejected);
        Assert.Equal(KeyState.Active, ledger.State);
        Call(CallOutcomeKind.KeyRejected, detail: "400 API_KEY_INVALID");
        Assert.Equal(KeyState.Rejected, ledger.State);
        var status = ledger.StatusAt("", new KeyProfile(), _ => default, now);
        Assert.Equal(("400 API_KEY_INVALID", (DateTimeOffset?)now, 3), (status.Reason, status.Since, status.Failures));
        Assert.Equal(KeyDenialReason.State, ledger.TryGrant(Model, default, 0, now).Denial);
    }

    [Fact]
    public void Settle_ProbeSucceeds_BringsARejectedKeyBack()
    {
        var early = ledger.TryGrant(Model, default, 0, now).At;
        now += TimeSpan.FromSeconds(1);
        ledger.TryGrant(Model, default, 0, now);
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.KeyRejected) { IsConclusive = true }, now);
        ledger.Settle(Model, early, 0, new CallOutcome(CallOutcomeKind.Succeeded), now);
        Assert.Equal(KeyState.Rejected, ledger.State);

        Assert.True(ledger.TryGrant(Model, default, 0, now, isProbe: true).IsGranted);
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.Succeeded), now);
        Assert.Equal(KeyState.Active, ledger.State);
    }

    [Fact]
    public void Settle_Suspended_OnlyAPersonBringsItBack()
    {
        Call(CallOutcomeKind.KeySuspended, detail: "403 CONSUMER_SUSPENDED");
        ledger.TryGrant(Model, default, 0, now, isProbe: true);
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.Succeeded), now);
        Assert.Equal(KeyState.Suspended, ledger.State);
        ledger.Enable();
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
    }

    [Theory]
    [InlineData(CallOutcomeKind.UpstreamUnavailable)]
    [InlineData(CallOutcomeKind.UpstreamTimedOut)]
    [InlineData(CallOutcomeKind.UpstreamBroken)]
    [InlineData(CallOutcomeKind.RequestRejected)]
    [InlineData(CallOutcomeKind.ClientLeft)]
    [InlineData(CallOutcomeKind.EgressRefused)]
    [InlineData(CallOutcomeKind.ModelNotAvailable)]
    public void Settle_NotTheKeysFault_BlamesNoKey(CallOutcomeKind kind)
    {
        for (var i = 0; i < 10; i++)
        {
            ledger.TryGrant("model" + i, default, 0, now);
            ledger.Settle("model" + i, now, 0, new CallOutcome(kind) { IsConclusive = true }, now);
        }

        var status = ledger.StatusAt("", new KeyProfile(), _ => default, now);
        Assert.Equal((KeyState.Active, 0, 0L, 2.0), (status.State, status.Failures, status.Failed, status.EffectiveWeight));
    }

    [Fact]
    public void EffectiveWeight_FailuresAndSuccesses_MoveItBetweenItsBounds()
    {
        Call(CallOutcomeKind.KeyRejected);
        Assert.Equal(1.6, ledger.EffectiveWeight, 9);
        Call(CallOutcomeKind.Succeeded);
        Assert.Equal(1.76, ledger.EffectiveWeight, 9);
        for (var i = 0; i < 100; i++)
        {
            now += TimeSpan.FromHours(1);
            Call(CallOutcomeKind.KeyRateLimited);
        }

        Assert.Equal(0.1, ledger.EffectiveWeight, 9);
        now += TimeSpan.FromHours(1);
        for (var i = 0; i < 100; i++)
        {
            Call(CallOutcomeKind.Succeeded);
        }

        Assert.Equal(2, ledger.EffectiveWeight, 9);
    }

    [Fact]
    public void TryGrant_AnyModelNames_KeepsABoundedNumber()
    {
        for (var i = 0; i < 1000; i++)
        {
            ledger.TryGrant("made-up-" + i, default, 0, now);
            ledger.Settle("made-up-" + i, now, 0, new CallOutcome(CallOutcomeKind.ModelNotAvailable), now);
        }

        Assert.Equal(256, ledger.StatusAt("", new KeyProfile(), _ => default, now).Models.Count);
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
    }

    private void Learn(LearnedLimit learned)
    {
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.RequestRejected) { LearnedLimits = [learned] }, now);
    }

    private void Call(CallOutcomeKind kind, TimeSpan? retryDelay = null, string? detail = null)
    {
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        ledger.Settle(Model, now, 0, new CallOutcome(kind) { RetryDelay = retryDelay, Detail = detail }, now);
    }
}
