using GeminiBalance.KeyPool;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GeminiBalance.Grains.Tests.Contracts;

/// <summary>Messages and stored ledgers of other releases.</summary>
public sealed class CompatibilityTests
{
    private readonly ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public void AskOfAnOlderRelease_HasDefaultsForTheRest()
    {
        var ask = LedgerMessages.ToAsk(Read<LedgerAskMessage>(new Releases.OlderAsk { Model = "m", Tokens = [3] }));

        Assert.Equal(("m", KeyLimits.Unlimited, false), (ask.Model, ask.Limits, ask.IsProbe));
        Assert.Equal([3], ask.Tokens);
        Assert.Empty(ask.Settlements);
    }

    [Fact]
    public void AskOfANewerRelease_IsReadWithoutWhatIsNotKnown()
    {
        var detail = new Releases.NewerDetail { Counts = { ["a"] = 1 } };
        var ask = LedgerMessages.ToAsk(Read<LedgerAskMessage>(new Releases.NewerAsk
        {
            Model = "m", RequestsPerMinute = 5, Tokens = [3], Region = "eu", Detail = detail, Price = 1.5m, Settlements = [new Releases.NewerSettlement { Term = 4, Kind = 1, Detail = detail }],
        }));

        Assert.Equal(("m", new KeyLimits(5, 0, 0)), (ask.Model, ask.Limits));
        Assert.Equal((4, CallOutcomeKind.Succeeded), (ask.Settlements[0].Term, ask.Settlements[0].Outcome.Kind));
    }

    [Fact]
    public void AnswerOfAnOlderRelease_HasDefaultsForTheRest()
    {
        var answer = LedgerMessages.ToAnswer(Read<LedgerAnswerMessage>(new Releases.OlderAnswer { Term = 3, Denial = 1, NextIn = 7 }));

        Assert.Equal((3, KeyDenialReason.Minute, TimeSpan.FromTicks(7), 1.0), (answer.Term, answer.Denial, answer.NextIn, answer.WeightFactor));
        Assert.Empty(answer.Grants);
    }

    [Fact]
    public void AnswerOfANewerRelease_IsReadWithoutWhatIsNotKnown()
    {
        var grant = new LedgerGrantMessage { Stamp = 5, ChargedTokens = 6 };
        var answer = LedgerMessages.ToAnswer(Read<LedgerAnswerMessage>(new Releases.NewerAnswer
        {
            Term = 3, Grants = [grant], Details = [new Releases.NewerDetail(), new Releases.NewerDetail { Counts = { ["b"] = 2 } }], Trace = new Guid("0a0b0c0d-0000-0000-0000-000000000000"),
        }));

        Assert.Equal(3, answer.Term);
        Assert.Equal([new LedgerGrant(5, 6)], answer.Grants);
    }

    [Fact]
    public void MessageOfThisRelease_IsReadByAnOlderOne()
    {
        var message = LedgerMessages.ToMessage(new LedgerAsk("m", new KeyLimits(5, 6, 7), [3], true, []));
        var older = services.GetRequiredService<Serializer<Releases.OlderAsk>>().Deserialize(services.GetRequiredService<Serializer<LedgerAskMessage>>().SerializeToArray(message));

        Assert.Equal("m", older.Model);
        Assert.Equal([3], older.Tokens!);
    }

    [Theory]
    [InlineData("""{"keyId":"0123456789abcdef"}""")]
    [InlineData("""{"keyId":"0123456789abcdef","version":1,"state":6,"reason":"by hand","since":"2026-01-10T08:00:00+00:00","succeeded":12,"lostWeight":0.5}""")]
    [InlineData("""{"keyId":"0123456789abcdef","version":1,"takenAt":"2026-01-15T20:00:00+00:00","models":[{"model":"m","day":739630,"used":7,"window":[639040824000000000,2,10]}]}""")]
    [InlineData("""{"keyId":"0123456789abcdef","version":1,"isUnproven":true,"fromTheFuture":{"a":[1,2]},"models":[{"model":"m","day":739630,"used":7,"alsoNew":"x"}]}""")]
    public void StoredLedgerOfAnyRelease_CanBeHeld(string json)
    {
        var now = new DateTimeOffset(2026, 1, 15, 20, 0, 10, TimeSpan.Zero);
        var pulse = new HolderPulse(HolderPulseOptions.Default, now);
        pulse.Answered(now, now);
        var ledger = KeyLedgerSnapshot.FromJson(System.Text.Encoding.UTF8.GetBytes(json));
        var holder = new LedgerHolder(new ClaimedLedger(new KeyId(ledger.KeyId), 2, ledger, WasOpen: false, TimeSpan.FromSeconds(10)), KeyLedgerOptions.Default, pulse, now);
        var read = KeyLedgerSnapshot.FromJson(holder.Read(now).ToJson());

        Assert.Equal((ledger.KeyId, ledger.State, ledger.Reason, ledger.Succeeded), (read.KeyId, read.State, read.Reason, read.Succeeded));
        Assert.Equal(ledger.Models?[0].Used, read.Models?[0].Used);
    }

    private T Read<T>(object other)
    {
        var bytes = other switch
        {
            Releases.OlderAsk ask => services.GetRequiredService<Serializer<Releases.OlderAsk>>().SerializeToArray(ask),
            Releases.NewerAsk ask => services.GetRequiredService<Serializer<Releases.NewerAsk>>().SerializeToArray(ask),
            Releases.OlderAnswer answer => services.GetRequiredService<Serializer<Releases.OlderAnswer>>().SerializeToArray(answer),
            Releases.NewerAnswer answer => services.GetRequiredService<Serializer<Releases.NewerAnswer>>().SerializeToArray(answer),
            _ => throw new ArgumentOutOfRangeException(nameof(other)),
        };
        return services.GetRequiredService<Serializer<T>>().Deserialize(bytes);
    }
}
