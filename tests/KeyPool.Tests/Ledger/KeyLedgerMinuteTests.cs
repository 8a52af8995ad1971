namespace GeminiBalance.KeyPool.Tests.Ledger;

public sealed class KeyLedgerMinuteTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60.25);
    private readonly KeyLedger ledger = new(new KeyId("0123456789abcdef"), KeyLedgerOptions.Default);

    [Fact]
    public void TryGrant_SpentToken_ComesBackOneTickAfterSpan()
    {
        var limits = new KeyLimits(1, 0, 0);
        Assert.True(ledger.TryGrant(Model, limits, 0, Start).IsGranted);

        var denied = ledger.TryGrant(Model, limits, 0, Start + Span);
        Assert.Equal(KeyDenialReason.Minute, denied.Denial);
        Assert.Equal(Start + Span + Tick, denied.At);
        Assert.True(ledger.TryGrant(Model, limits, 0, denied.At).IsGranted);
    }

    [Theory]
    [InlineData(125, 0)]
    [InlineData(126, 1)]
    [InlineData(5_000, 4_875)]
    [InlineData(59_000, 58_875)]
    [InlineData(90_000, 89_875)]
    public void Settle_BodyLeftLate_CountsFromThen(int sentAfter, int later)
    {
        var limits = new KeyLimits(1, 1_000, 0);
        var granted = ledger.TryGrant(Model, limits, 700, Start);
        var end = Start + TimeSpan.FromSeconds(100);
        var settled = sentAfter < 60_000 ? Start + TimeSpan.FromSeconds(60) : end;
        var outcome = new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = Start + TimeSpan.FromMilliseconds(sentAfter), PromptTokens = 600 };
        ledger.Settle(Model, granted.At, granted.ChargedTokens, outcome, settled);

        var denied = ledger.TryGrant(Model, limits, 500, settled);
        Assert.Equal(Start + TimeSpan.FromMilliseconds(later) + Span + Tick, denied.At);
        Assert.True(ledger.TryGrant(Model, limits, 1_000, denied.At).IsGranted);
    }

    [Fact]
    public void TryGrant_ClockGoesBack_NeverGrantsEarly()
    {
        var limits = new KeyLimits(1, 0, 0);
        Assert.True(ledger.TryGrant(Model, limits, 0, Start).IsGranted);
        Assert.False(ledger.TryGrant(Model, limits, 0, Start + Span).IsGranted);
        Assert.False(ledger.TryGrant(Model, limits, 0, Start - TimeSpan.FromHours(1)).IsGranted);
        Assert.True(ledger.TryGrant(Model, limits, 0, Start + Span + Tick).IsGranted);
        var backwards = ledger.TryGrant(Model, limits, 0, Start);
        Assert.Equal(Start + Span + Tick + Span + Tick, backwards.At);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 100)]
    [InlineData(1000, 100)]
    public void TryGrant_ManyRequests_ComeBackWithinTheQuantum(int rpm, int quantumMilliseconds)
    {
        var limits = new KeyLimits(rpm, 0, 0);
        var now = Start + TimeSpan.FromMilliseconds(1);
        for (var i = 0; i < rpm; i++)
        {
            Assert.True(ledger.TryGrant(Model, limits, 0, now).IsGranted);
        }

        var denied = ledger.TryGrant(Model, limits, 0, now);
        var rounded = quantumMilliseconds == 0 ? now : Start + TimeSpan.FromMilliseconds(quantumMilliseconds);
        Assert.Equal(rounded + Span + Tick, denied.At);
        Assert.False(ledger.TryGrant(Model, limits, 0, denied.At - Tick).IsGranted);
        for (var i = 0; i < rpm; i++)
        {
            Assert.True(ledger.TryGrant(Model, limits, 0, denied.At).IsGranted);
        }
    }

    [Fact]
    public void TryGrant_TokensSpent_OnlySmallerCallsPass()
    {
        var limits = new KeyLimits(0, 1000, 0);
        Assert.True(ledger.TryGrant(Model, limits, 800, Start).IsGranted);

        var denied = ledger.TryGrant(Model, limits, 201, Start);
        Assert.Equal(KeyDenialReason.Tokens, denied.Denial);
        Assert.Equal(Start + Span + Tick, denied.At);
        Assert.Equal(Start, denied.FreeAt);
        Assert.True(ledger.TryGrant(Model, limits, 200, Start).IsGranted);
        Assert.Equal(Start + Span + Tick, ledger.TryGrant(Model, limits, 1, Start).FreeAt);
    }

    [Fact]
    public void TryGrant_ChargeAboveTheLimit_IsClampedAndNeedsAnEmptyWindow()
    {
        var limits = new KeyLimits(0, 1000, 0);
        Assert.True(ledger.TryGrant(Model, limits, 1, Start).IsGranted);
        var denied = ledger.TryGrant(Model, limits, 5000, Start);
        Assert.Equal(Start + Span + Tick, denied.At);
        Assert.Equal(1000, ledger.TryGrant(Model, limits, 5000, denied.At).ChargedTokens);
    }

    [Fact]
    public void Settle_PromptTokens_CorrectTheChargeWhereItWasMade()
    {
        var limits = new KeyLimits(0, 1000, 0);
        ledger.TryGrant(Model, limits, 1000, Start);
        ledger.Settle(Model, Start, 1000, new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 400 }, Start + TimeSpan.FromSeconds(5));
        Assert.True(ledger.TryGrant(Model, limits, 600, Start + TimeSpan.FromSeconds(5)).IsGranted);

        var denied = ledger.TryGrant(Model, limits, 400, Start + TimeSpan.FromSeconds(6));
        Assert.Equal(Start + Span + Tick, denied.At);
    }

    [Fact]
    public void Settle_NotSent_GivesEverythingBack()
    {
        var limits = new KeyLimits(1, 100, 1);
        Assert.True(ledger.TryGrant(Model, limits, 100, Start).IsGranted);
        ledger.Settle(Model, Start, 100, new CallOutcome(CallOutcomeKind.NotSent), Start);
        Assert.True(ledger.TryGrant(Model, limits, 100, Start).IsGranted);
        Assert.False(ledger.TryGrant(Model, limits, 100, Start).IsGranted);
    }

    [Fact]
    public void Settle_GrantThatCountsNoMore_TakesNothingFromLaterOnes()
    {
        var limits = new KeyLimits(1, 100, 0);
        ledger.TryGrant(Model, limits, 100, Start);
        var second = ledger.TryGrant(Model, limits, 100, Start + Span + Tick);
        Assert.True(second.IsGranted);
        ledger.Settle(Model, Start, 100, new CallOutcome(CallOutcomeKind.NotSent), second.At);
        ledger.Settle(Model, Start, 100, new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 1 }, second.At);
        Assert.False(ledger.TryGrant(Model, limits, 1, second.At).IsGranted);
    }

    [Fact]
    public void HoldMinutes_LimitedModels_WaitUntilSpanIsOver()
    {
        ledger.HoldMinutes(Start);
        Assert.Equal(Start + Span + Tick, ledger.TryGrant(Model, new KeyLimits(5, 0, 0), 0, Start).At);
        Assert.Equal(Start + Span + Tick, ledger.TryGrant(Model, new KeyLimits(0, 5, 0), 0, Start).At);
        Assert.True(ledger.TryGrant(Model, KeyLimits.Unlimited, 0, Start).IsGranted);
        Assert.False(ledger.TryGrant(Model, new KeyLimits(5, 0, 0), 0, Start + Span).IsGranted);
        Assert.True(ledger.TryGrant(Model, new KeyLimits(5, 0, 0), 0, Start + Span + Tick).IsGranted);
    }
}
