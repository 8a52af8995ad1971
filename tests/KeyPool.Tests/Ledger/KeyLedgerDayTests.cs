namespace GeminiBalance.KeyPool.Tests.Ledger;

public sealed class KeyLedgerDayTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(2);

    // Noon of a winter day, and the midnight after it.
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 1, 16, 8, 0, 0, TimeSpan.Zero);
    private readonly KeyLedger ledger = new(new KeyId("0123456789abcdef"), KeyLedgerOptions.Default);

    [Fact]
    public void TryGrant_DaySpent_WaitsForMidnightAndItsGuard()
    {
        var limits = new KeyLimits(0, 0, 2);
        GrantStored(limits, Noon, 2);
        var denied = ledger.TryGrant(Model, limits, 0, Noon);
        Assert.Equal(KeyDenialReason.Day, denied.Denial);
        Assert.Equal(Midnight + Guard, denied.At);
        Assert.False(ledger.TryGrant(Model, limits, 0, denied.At - Tick).IsGranted);
        Assert.True(ledger.TryGrant(Model, limits, 0, denied.At).IsGranted);
    }

    [Fact]
    public void TryGrant_JustBeforeMidnight_CountsForBothDays()
    {
        var limits = new KeyLimits(0, 0, 2);
        GrantStored(limits, Midnight - Guard, 1);
        GrantStored(limits, Midnight + Guard, 1);
        Assert.Equal(KeyDenialReason.Day, ledger.TryGrant(Model, limits, 0, Midnight + Guard).Denial);
    }

    [Fact]
    public void Settle_BodyLeftAfterMidnight_CountsForTheNewDayToo()
    {
        var limits = new KeyLimits(0, 0, 1);
        var granted = ledger.TryGrant(Model, limits, 0, Midnight - Guard - Tick);
        var sent = Midnight + Guard;
        ledger.Settle(Model, granted.At, 0, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = sent }, sent);
        Assert.Equal(KeyDenialReason.Day, ledger.TryGrant(Model, limits, 0, sent).Denial);
    }

    [Fact]
    public void TryGrant_OneTickOutsideTheGuard_CountsForOneDay()
    {
        var limits = new KeyLimits(0, 0, 1);
        GrantStored(limits, Midnight - Guard - Tick, 1);
        GrantStored(limits, Midnight + Guard, 1);
        Assert.Equal(1, ledger.StatusAt("", new KeyProfile(), _ => limits, Midnight + Guard).Models[0].SpentToday);
    }

    [Fact]
    public void TryGrant_JustAfterMidnight_NeedsRoomInTheOldDayToo()
    {
        var limits = new KeyLimits(0, 0, 1);
        GrantStored(limits, Noon, 1);
        Assert.Equal(Midnight + Guard, ledger.TryGrant(Model, limits, 0, Midnight + Guard - Tick).At);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(100, 2)]
    [InlineData(1000, 20)]
    public void TryGrant_AheadOfTheStoreByAChunk_NeedsCheckpoint(int rpd, int chunk)
    {
        var limits = new KeyLimits(0, 0, rpd);
        for (var i = 0; i < chunk; i++)
        {
            Assert.True(ledger.TryGrant(Model, limits, 0, Noon).IsGranted);
        }

        Assert.Equal(KeyDenialReason.NeedsCheckpoint, ledger.TryGrant(Model, limits, 0, Noon).Denial);
        ledger.TakeSnapshot(Noon, withWindows: false);
        Assert.Equal(KeyDenialReason.NeedsCheckpoint, ledger.TryGrant(Model, limits, 0, Noon).Denial);
        ledger.SnapshotStored();
        Assert.True(ledger.TryGrant(Model, limits, 0, Noon).IsGranted);
    }

    [Fact]
    public void Restore_AfterUncleanStop_CountsAChunkForEachStop()
    {
        var limits = new KeyLimits(0, 0, 100);
        GrantStored(limits, Noon, 10);
        var snapshot = ledger.TakeSnapshot(Noon, withWindows: false);
        for (var stops = 1; stops <= 3; stops++)
        {
            var restored = new KeyLedger(ledger.Id, KeyLedgerOptions.Default);
            restored.Restore(KeyLedgerSnapshot.FromJson(snapshot.ToJson()), Noon, Noon);
            Assert.Equal(KeyDenialReason.NeedsCheckpoint, restored.TryGrant(Model, limits, 0, Noon).Denial);
            snapshot = restored.TakeSnapshot(Noon, withWindows: false);
            restored.SnapshotStored();
            Assert.Equal(10 + (2 * stops), restored.StatusAt("", new KeyProfile(), _ => limits, Noon).Models[0].SpentToday);
        }
    }

    [Fact]
    public void Restore_UnknownModelAfterUncleanStop_CountsAChunkToo()
    {
        var limits = new KeyLimits(0, 0, 1);
        ledger.Restore(null, Noon, Noon);
        Assert.Equal(KeyDenialReason.Day, ledger.TryGrant(Model, limits, 0, Noon).Denial);
        ledger.SnapshotStored();
        Assert.True(ledger.TryGrant(Model, limits, 0, Midnight + Guard).IsGranted);
    }

    [Fact]
    public void Restore_ClaimOfAnEarlierDay_CostsNothingToday()
    {
        var limits = new KeyLimits(0, 0, 1);
        ledger.Restore(null, Noon, Midnight + Guard);
        ledger.TakeSnapshot(Midnight + Guard, withWindows: false);
        ledger.SnapshotStored();
        Assert.True(ledger.TryGrant(Model, limits, 0, Midnight + Guard).IsGranted);
    }

    [Fact]
    public void Settle_DayExhausted_LastsUntilMidnightForThatModel()
    {
        ledger.TryGrant(Model, KeyLimits.Unlimited, 0, Noon);
        ledger.Settle(Model, Noon, 0, new CallOutcome(CallOutcomeKind.KeyDayExhausted) { RetryDelay = TimeSpan.FromSeconds(36) }, Noon);
        var denied = ledger.TryGrant(Model, KeyLimits.Unlimited, 0, Noon + TimeSpan.FromHours(1));
        Assert.Equal((KeyDenialReason.Day, Midnight + Guard), (denied.Denial, denied.At));
        Assert.True(ledger.TryGrant("other", KeyLimits.Unlimited, 0, Noon + TimeSpan.FromHours(1)).IsGranted);
        Assert.Equal(KeyState.ExhaustedToday, ledger.StatusAt("", new KeyProfile(), _ => default, Noon + TimeSpan.FromHours(1)).State);
        Assert.True(ledger.TryGrant(Model, KeyLimits.Unlimited, 0, denied.At).IsGranted);
    }

    private void GrantStored(KeyLimits limits, DateTimeOffset now, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True(ledger.TryGrant(Model, limits, 0, now).IsGranted);
            ledger.TakeSnapshot(now, withWindows: false);
            ledger.SnapshotStored();
        }
    }
}
