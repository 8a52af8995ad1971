namespace GeminiBalance.KeyPool.Tests.Ledger;

/// <summary>A key keeps state for few models, and clients may name any: what is forgotten for that must neither lock the key nor let a quota be spent twice.</summary>
public sealed class KeyLedgerForgettingTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly KeyLimits TwentyADay = new(0, 0, 20);
    private KeyLedger ledger = New();
    private DateTimeOffset now = Start;

    [Fact]
    public void TryGrant_ManyInventedNames_LockNobodyOutForLongerThanAMinute()
    {
        Invent("made-up", calls: 3);
        Assert.Equal(KeyDenialReason.TooManyModels, ledger.TryGrant(Model, default, 0, now).Denial);

        now += TimeSpan.FromMinutes(1.1);
        Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        Assert.Equal(256, Status().Models.Count);
    }

    [Fact]
    public void Restore_FullOfInventedNames_GrantsOtherModels()
    {
        Invent("made-up", calls: 3);
        Restart(openClaimUntil: null, now + TimeSpan.FromMinutes(2));
        Assert.True(ledger.TryGrant(Model, TwentyADay, 0, now).IsGranted);
    }

    [Fact]
    public void TryGrant_ModelsComeAndGo_TheDaysOfTheBusyOnesStay()
    {
        Spend(Model, 18);
        now += TimeSpan.FromMinutes(2);
        Invent("made-up", calls: 3);
        now += TimeSpan.FromMinutes(2);
        Invent("another", calls: 1);
        now += TimeSpan.FromMinutes(2);

        Assert.Equal(18, SpentToday());
        Spend(Model, 2);
        Assert.Equal(KeyDenialReason.Day, ledger.TryGrant(Model, TwentyADay, 0, now).Denial);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryGrant_LimitKnownAfterTheModelWasForgotten_ItsCallsStillCount(bool isLearned)
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
        }

        now += TimeSpan.FromMinutes(2);
        Invent("made-up", calls: 6);
        Forget(Model);
        if (isLearned)
        {
            Assert.True(ledger.TryGrant(Model, default, 0, now).IsGranted);
            var learned = new LearnedLimit(QuotaKind.RequestsPerDay, 8, "q");
            ledger.Settle(Model, now, 0, new CallOutcome(CallOutcomeKind.KeyRateLimited) { LearnedLimits = [learned], RetryDelay = TimeSpan.FromSeconds(1) }, now);
            now += TimeSpan.FromSeconds(1);
        }

        var granted = isLearned ? 6 : 5;
        var limits = isLearned ? default : new KeyLimits(0, 0, 8);
        while (GrantStored(Model, limits))
        {
            granted++;
        }

        Assert.InRange(granted, 6, 8);
        Assert.Equal(KeyDenialReason.Day, ledger.Peek(Model, limits, 0, now).Denial);
    }

    [Fact]
    public void TryGrant_NextDay_NothingForgottenCounts()
    {
        Invent("made-up", calls: 20);
        now += TimeSpan.FromMinutes(2);
        Invent("another", calls: 1);
        now += TimeSpan.FromMinutes(2);
        Assert.Equal(KeyDenialReason.Day, ledger.Peek(Model, TwentyADay, 0, now).Denial);

        now += TimeSpan.FromDays(1);
        Assert.True(ledger.TryGrant(Model, new KeyLimits(0, 0, 1), 0, now).IsGranted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_AfterAModelWasForgotten_ItsCallsStillCount(bool isCrash)
    {
        Spend(Model, 5);
        now += TimeSpan.FromMinutes(2);
        Invent("made-up", calls: 6);
        Forget(Model);
        Restart(isCrash ? now : null, now + TimeSpan.FromMinutes(2));
        var granted = 5;
        while (GrantStored(Model, TwentyADay))
        {
            granted++;
        }

        Assert.InRange(granted, 15, 20);
    }

    [Fact]
    public void TryGrant_ForgottenAheadOfTheStore_WaitsForIt()
    {
        Spend(Model, 5);
        now += TimeSpan.FromMinutes(2);
        Invent("made-up", calls: 6);
        Forget(Model, isStored: false);
        Assert.Equal(KeyDenialReason.NeedsCheckpoint, ledger.TryGrant(Model, TwentyADay, 0, now).Denial);
        Assert.True(GrantStored(Model, TwentyADay));
    }

    [Fact]
    public void CountIn_OtherLedgersForgot_TheirCallsCountHere()
    {
        Spend(Model, 5);
        now += TimeSpan.FromMinutes(2);
        Invent("made-up", calls: 6);
        Forget(Model);
        var key = ledger.TakeSnapshot(now, withWindows: true);

        ledger = New();
        Spend(Model, 3);
        var other = ledger.TakeSnapshot(now, withWindows: true);
        ledger.CountIn(key, now);
        Assert.InRange(SpentToday(), 8, 10);

        ledger = New();
        ledger.CountAtLeast([key, other], now);
        Assert.InRange(SpentToday(), 8, 10);
        Assert.Equal(KeyDenialReason.Day, ledger.Peek("unknown to both", new KeyLimits(0, 0, 5), 0, now).Denial);
    }

    private static KeyLedger New() => new(new KeyId("0123456789abcdef"), KeyLedgerOptions.Default);

    private void Spend(string model, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.True(GrantStored(model, TwentyADay));
        }
    }

    private bool GrantStored(string model, in KeyLimits limits)
    {
        var decision = ledger.TryGrant(model, limits, 0, now);
        if (decision.Denial == KeyDenialReason.NeedsCheckpoint)
        {
            Store();
            decision = ledger.TryGrant(model, limits, 0, now);
        }

        return decision.IsGranted;
    }

    private KeyLedgerSnapshot Store()
    {
        var stored = KeyLedgerSnapshot.FromJson(ledger.TakeSnapshot(now, withWindows: false).ToJson());
        ledger.SnapshotStored();
        return stored;
    }

    /// <summary>Fills all places with names that no key knows, each called so often.</summary>
    private void Invent(string name, int calls)
    {
        for (var i = 0; i < 256; i++)
        {
            for (var call = 0; call < calls && ledger.TryGrant(name + i, default, 0, now) is { IsGranted: true, At: var at }; call++)
            {
                ledger.Settle(name + i, at, 0, new CallOutcome(CallOutcomeKind.RequestRejected), now);
            }
        }
    }

    /// <summary>Makes others need the model's place.</summary>
    private void Forget(string model, bool isStored = true)
    {
        for (var i = 0; i < 300 && Status().Models.Any(known => known.Model == model); i++)
        {
            now += TimeSpan.FromMinutes(2);
            ledger.TryGrant("other" + i, default, 0, now);
        }

        Assert.DoesNotContain(model, Status().Models.Select(known => known.Model));
        now += TimeSpan.FromMinutes(2);
        if (isStored)
        {
            Store();
        }
    }

    private void Restart(DateTimeOffset? openClaimUntil, DateTimeOffset at)
    {
        var stored = KeyLedgerSnapshot.FromJson(ledger.TakeSnapshot(now, withWindows: openClaimUntil is null).ToJson());
        (ledger, now) = (New(), at);
        ledger.Restore(stored, openClaimUntil, now);
        Store();
    }

    private long SpentToday() => Status().Models.Single(model => model.Model == Model).SpentToday;

    private KeyStatus Status() => ledger.StatusAt("", new KeyProfile(), _ => default, now);
}
