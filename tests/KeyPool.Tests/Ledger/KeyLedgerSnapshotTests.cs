using System.Text;

namespace GeminiBalance.KeyPool.Tests.Ledger;

public sealed class KeyLedgerSnapshotTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, 123, 456, TimeSpan.Zero);
    private static readonly KeyId Id = new("0123456789abcdef");

    [Fact]
    public void TakeSnapshot_CleanStop_RestoresExactly()
    {
        var limits = new KeyLimits(3, 1000, 500);
        var ledger = Busy(limits);
        var text = ledger.TakeSnapshot(Start, withWindows: true).ToJson();
        var restored = new KeyLedger(Id, KeyLedgerOptions.Default);
        restored.Restore(KeyLedgerSnapshot.FromJson(text), null, Start);

        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(restored.TakeSnapshot(Start, withWindows: true).ToJson()));
        Assert.Equal(ledger.Peek(Model, limits, 900, Start), restored.Peek(Model, limits, 900, Start));
        Assert.Equal(ledger.Peek("cooling", limits, 1, Start), restored.Peek("cooling", limits, 1, Start));
    }

    [Fact]
    public void TakeSnapshot_UncleanStop_KeepsWhatWasLearnedAndFillsWindows()
    {
        var limits = new KeyLimits(3, 1000, 500);
        var ledger = Busy(limits);
        var restored = new KeyLedger(Id, KeyLedgerOptions.Default);
        restored.Restore(KeyLedgerSnapshot.FromJson(ledger.TakeSnapshot(Start, withWindows: false).ToJson()), Start + TimeSpan.FromSeconds(5), Start + TimeSpan.FromSeconds(1));

        var before = ledger.StatusAt("", new KeyProfile(), _ => limits, Start);
        var after = restored.StatusAt("", new KeyProfile(), _ => limits, Start);
        Assert.Equal((before.Succeeded, before.Failed, before.Failures), (after.Succeeded, after.Failed, after.Failures));
        Assert.Equal(before.EffectiveWeight, after.EffectiveWeight, 9);
        Assert.Equal(
            Start + TimeSpan.FromSeconds(61.25) + TimeSpan.FromTicks(1),
            restored.Peek(Model, limits, 1, Start + TimeSpan.FromSeconds(1)).At);
        Assert.Equal(ledger.Peek("cooling", default, 1, Start), restored.Peek("cooling", default, 1, Start) with { FreeAt = Start + TimeSpan.FromSeconds(100) });
    }

    [Fact]
    public void Enabled_IsTheLedgerThatAPersonEnables()
    {
        var ledger = Busy(new KeyLimits(3, 1000, 500));
        ledger.Disable("by hand", Start);
        var stored = ledger.TakeSnapshot(Start, withWindows: true).Enabled().ToJson();
        ledger.Enable();

        Assert.Equal(Encoding.UTF8.GetString(ledger.TakeSnapshot(Start, withWindows: true).ToJson()), Encoding.UTF8.GetString(stored));
    }

    [Fact]
    public void TakeSnapshot_CleanStopDuringAHold_KeepsTheHold()
    {
        var limits = new KeyLimits(3, 0, 0);
        var first = new KeyLedger(Id, KeyLedgerOptions.Default);
        first.Restore(null, Start, Start);
        var second = new KeyLedger(Id, KeyLedgerOptions.Default);
        second.Restore(KeyLedgerSnapshot.FromJson(first.TakeSnapshot(Start, withWindows: true).ToJson()), null, Start);
        Assert.Equal(first.Peek(Model, limits, 1, Start), second.Peek(Model, limits, 1, Start));
        Assert.Equal(KeyDenialReason.Minute, second.Peek(Model, limits, 1, Start).Denial);
    }

    [Fact]
    public void FromJson_OldestText_IsReadable()
    {
        var ledger = new KeyLedger(Id, KeyLedgerOptions.Default);
        ledger.Restore(KeyLedgerSnapshot.FromJson("""{"keyId":"0123456789abcdef"}"""u8), null, Start);
        Assert.True(ledger.TryGrant(Model, new KeyLimits(1, 1, 1), 1, Start).IsGranted);
    }

    [Fact]
    public void FromJson_TextOfVersion1_IsReadForEver()
    {
        var text = """
            {"keyId":"0123456789abcdef","version":1,"state":4,"reason":"400 API_KEY_INVALID","since":"2026-01-15T19:00:00+00:00","failures":3,
             "lostWeight":0.2,"succeeded":7,"failed":4,"unknownLater":{"a":[1]},
             "models":[{"model":"gemini-2.5-flash","day":739630,"used":19,"exhaustedDay":739630,"learnedUntil":"2026-01-16T19:00:00+00:00","learnedRpd":20}]}
            """;
        var ledger = new KeyLedger(Id, KeyLedgerOptions.Default);
        ledger.Restore(KeyLedgerSnapshot.FromJson(Encoding.UTF8.GetBytes(text)), null, Start);
        var status = ledger.StatusAt("", new KeyProfile(), _ => default, Start);
        Assert.Equal((KeyState.Rejected, "400 API_KEY_INVALID", 3, 7L, 4L), (status.State, status.Reason, status.Failures, status.Succeeded, status.Failed));
        Assert.Equal((19L, 20L, true), (status.Models[0].SpentToday, status.Models[0].Limits.RequestsPerDay, status.Models[0].IsLearned));
        Assert.Equal(0.8, ledger.EffectiveWeight, 9);
    }

    [Fact]
    public void TakeSnapshot_IdleKey_IsShort()
    {
        var text = new KeyLedger(Id, KeyLedgerOptions.Default).TakeSnapshot(Start, withWindows: true).ToJson();
        Assert.Equal("""{"keyId":"0123456789abcdef","version":1,"takenAt":"2026-01-15T20:00:00.123456+00:00"}""", Encoding.UTF8.GetString(text));
    }

    private static KeyLedger Busy(KeyLimits limits)
    {
        var ledger = new KeyLedger(Id, KeyLedgerOptions.Default);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(ledger.TryGrant(Model, limits, 100, Start - TimeSpan.FromSeconds(3 - i)).IsGranted);
        }

        ledger.Settle(Model, Start, 100, new CallOutcome(CallOutcomeKind.Succeeded), Start);
        ledger.TryGrant("cooling", limits, 1, Start);
        ledger.Settle("cooling", Start, 1, new CallOutcome(CallOutcomeKind.KeyRateLimited) { RetryDelay = TimeSpan.FromSeconds(100) }, Start);
        ledger.TryGrant("learned", limits, 1, Start);
        ledger.Settle("learned", Start, 1, new CallOutcome(CallOutcomeKind.KeyRejected) { LearnedLimits = [new(QuotaKind.RequestsPerDay, 20, "q")] }, Start);
        return ledger;
    }
}
