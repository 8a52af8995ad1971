using GeminiBalance.KeyPool;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GeminiBalance.Grains.Tests.Contracts;

/// <summary>What the key pool's records become on the wire and back.</summary>
public sealed class LedgerMessagesTests
{
    private readonly ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public void Ask_ArrivesAsItWasSent()
    {
        var settlement = new LedgerSettlement(
            "gemini-2.5-pro", 7, 638_000_000_000_000_000, 120, new CallOutcome(CallOutcomeKind.KeyRateLimited)
            {
                PromptTokens = 118,
                RetryDelay = TimeSpan.FromSeconds(37),
                LearnedLimits = [new LearnedLimit(QuotaKind.TokensPerMinute, 250_000, "GenerateTokensPerMinute")],
                Detail = "429 RESOURCE_EXHAUSTED",
                IsConclusive = true,
            },
            TimeSpan.FromMilliseconds(40));
        var ask = new LedgerAsk("gemini-2.5-flash", new KeyLimits(5, 250_000, 100), [10, 20], true, [settlement]);

        var arrived = LedgerMessages.ToAsk(Travel(LedgerMessages.ToMessage(ask)));
        Assert.Equal((ask.Model, ask.Limits, ask.IsProbe), (arrived.Model, arrived.Limits, arrived.IsProbe));
        Assert.Equal(ask.Tokens, arrived.Tokens);
        var one = Assert.Single(arrived.Settlements);
        Assert.Equal(settlement with { Outcome = default }, one with { Outcome = default });
        Assert.Equal(settlement.Outcome with { LearnedLimits = null }, one.Outcome with { LearnedLimits = null });
        Assert.Equal(settlement.Outcome.LearnedLimits, one.Outcome.LearnedLimits);
    }

    [Fact]
    public void Answer_ArrivesAsItWasSent()
    {
        var answer = new LedgerAnswer(
            9, [new LedgerGrant(638_000_000_000_000_000, 10), new LedgerGrant(638_000_000_000_000_001, 0)], KeyDenialReason.Tokens, TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(2), 0.75, true);

        var arrived = LedgerMessages.ToAnswer(Travel(LedgerMessages.ToMessage(answer)));
        IReadOnlyList<LedgerGrant> none = [];
        Assert.Equal(answer with { Grants = none }, arrived with { Grants = none });
        Assert.Equal(answer.Grants, arrived.Grants);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryOutcome_Arrives(CallOutcomeKind kind) => Assert.Equal(kind, Sent(new CallOutcome(kind)).Kind);

    public static TheoryData<CallOutcomeKind> Kinds => [.. Enum.GetValues<CallOutcomeKind>()];

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(255)]
    public void OutcomeOfALaterRelease_BlamesNobody(byte kind)
    {
        var message = new LedgerAskMessage { Settlements = [new LedgerSettlementMessage { Kind = kind }] };
        Assert.Equal(CallOutcomeKind.UpstreamBroken, LedgerMessages.ToAsk(message).Settlements[0].Outcome.Kind);
    }

    [Fact]
    public void DenialOfALaterRelease_IsAWait()
    {
        var answer = LedgerMessages.ToAnswer(new LedgerAnswerMessage { Denial = 200, NextIn = 50 });
        Assert.Equal((KeyDenialReason.Minute, TimeSpan.FromTicks(50)), (answer.Denial, answer.NextIn));
        Assert.Equal(Enum.GetValues<KeyDenialReason>(), Enum.GetValues<KeyDenialReason>().Select(denial => LedgerMessages.ToAnswer(new LedgerAnswerMessage { Denial = (byte)denial }).Denial));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void NumbersOutOfAllReason_StayMoments(long number)
    {
        var message = new LedgerSettlementMessage { Stamp = number, SentAfter = number, RetryDelay = number };
        var settlement = LedgerMessages.ToSettlements([message])[0];
        var moment = new DateTimeOffset(settlement.Stamp, TimeSpan.Zero) + settlement.SentAfter!.Value + settlement.Outcome.RetryDelay!.Value;
        Assert.InRange(moment.Year, 1900, 9003);

        var answer = LedgerMessages.ToAnswer(new LedgerAnswerMessage { NextIn = number, FreeIn = number });
        Assert.InRange(answer.NextIn + answer.FreeIn, TimeSpan.Zero, TimeSpan.FromDays(730));
    }

    [Fact]
    public void OrdinaryMessages_AreSmall()
    {
        var settled = new LedgerSettlement("gemini-2.5-flash", 7, 638_000_000_000_000_000, 120, new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 118 }, TimeSpan.FromMilliseconds(3));
        var ask = LedgerMessages.ToMessage(new LedgerAsk("gemini-2.5-flash", new KeyLimits(5, 250_000, 100), [120], false, [settled]));
        var answer = LedgerMessages.ToMessage(new LedgerAnswer(7, [new LedgerGrant(638_000_000_000_000_000, 120)], KeyDenialReason.Minute, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(59), 1, true));

        Assert.InRange(Bytes(ask).Length, 30, 100);
        Assert.InRange(Bytes(answer).Length, 20, 50);
    }

    private CallOutcome Sent(CallOutcome outcome) =>
        LedgerMessages.ToAsk(Travel(LedgerMessages.ToMessage(new LedgerAsk("m", default, [1], false, [new LedgerSettlement("m", 1, 1, 1, outcome, null)])))).Settlements[0].Outcome;

    private byte[] Bytes<T>(T message) => services.GetRequiredService<Serializer<T>>().SerializeToArray(message);

    private T Travel<T>(T message) => services.GetRequiredService<Serializer<T>>().Deserialize(Bytes(message));
}
