using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>One key in real silos, while all is well and while the store is not.</summary>
public sealed class KeyGrainTests
{
    private static readonly KeyId Id = Asks.Key(1);

    [Fact]
    public async Task Ask_GrantsAndDenies_AndSettlementsGiveBack()
    {
        await using var cluster = await GrainCluster.StartAsync(2);
        var key = cluster.Key(Id);
        var begun = TimeProvider.System.GetTimestamp();
        var first = await key.AskAsync(Asks.OneAMinute, calls: 2);
        Assert.Equal((1, KeyDenialReason.Minute), (first.Grants.Count, first.Denial));
        Assert.InRange(first.NextIn, Asks.Span - TimeProvider.System.GetElapsedTime(begun), Asks.Span + TimeSpan.FromTicks(1));

        await key.SettleAsync(Asks.Settlement(first, CallOutcomeKind.NotSent));
        await Asks.WhenAsync(async () => KeyLedgerSnapshot.FromJson(await key.ReadAsync()).Models![0].Used == 0); // One way: it arrives when it arrives.
        Assert.Single((await key.AskAsync(Asks.OneAMinute)).Grants);
        var read = KeyLedgerSnapshot.FromJson(await key.ReadAsync());
        Assert.Equal((Id.Value, 1), (read.KeyId, read.Models?[0].Used));
        Assert.Equal(1, read.Models?[0].Window?.Where((_, index) => index % 3 == 1).Sum());

        var calls = cluster.Silos.SelectMany(silo => silo.ServiceProvider.GetRequiredService<GrainCallCounts>().Read()).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        Assert.Equal((2, 1), (calls["IApiKeyGrain.AskAsync"], calls["IApiKeyGrain.SettleAsync"]));
        Assert.DoesNotContain(calls.Keys, name => !name.StartsWith("IApiKeyGrain.", StringComparison.Ordinal)); // Orleans' own grains are not counted.
        var meter = GrainCluster.Meter(cluster.HolderOf(Id));
        Assert.Equal((1, 0, 2, 1), (meter.Claims, meter.TakeOvers, meter.Grants, meter.Denials(KeyDenialReason.Minute)));
    }

    [Fact]
    public async Task Disable_ReturnsWhenTheStoreHasIt_AndOutlivesAKill()
    {
        await using var cluster = await GrainCluster.StartAsync(2);
        await cluster.Key(Id).DisableAsync("by hand");
        Assert.Equal(KeyState.Disabled, Stored(cluster).State);

        await cluster.KillAsync(cluster.HolderOf(Id));
        Assert.Equal(KeyDenialReason.State, (await AskUntilAnsweredAsync(cluster)).Denial);
        await cluster.Key(Id).EnableAsync();
        Assert.Equal(default, Stored(cluster).State);
        Assert.Equal(KeyDenialReason.Minute, (await cluster.Key(Id).AskAsync(Asks.OneAMinute)).Denial);
    }

    [Fact]
    public async Task Disable_WaitsForTheStore_AndAsksDoNotWaitBehindIt()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        Assert.Single((await cluster.Key(Id).AskAsync(KeyLimits.Unlimited)).Grants);
        cluster.Store.Freeze();
        var disabling = cluster.Key(Id).DisableAsync("by hand").AsTask();
        await Asks.WhenAsync(async () => KeyLedgerSnapshot.FromJson(await cluster.Key(Id).ReadAsync()).State == KeyState.Disabled);

        Assert.Equal(KeyDenialReason.State, (await cluster.Key(Id).AskAsync(KeyLimits.Unlimited)).Denial);
        Assert.False(disabling.IsCompleted);
        cluster.Store.Thaw();
        await disabling;
        Assert.Equal(KeyState.Disabled, Stored(cluster).State);
    }

    [Fact]
    public async Task Disable_StoreDoesNotAnswer_IsInForceAndSaysSo()
    {
        await using var cluster = await GrainCluster.StartAsync(1, new GrainCluster.Setup { StoredWithin = TimeSpan.FromMilliseconds(200) });
        Assert.Single((await cluster.Key(Id).AskAsync(KeyLimits.Unlimited)).Grants);
        cluster.Store.Freeze();

        var failure = await Assert.ThrowsAsync<LedgerUnavailableException>(() => cluster.Key(Id).DisableAsync("by hand").AsTask());
        Assert.Contains("in force but not stored", failure.Message, StringComparison.Ordinal);
        Assert.Equal(KeyDenialReason.State, (await cluster.Key(Id).AskAsync(KeyLimits.Unlimited)).Denial);
        cluster.Store.Thaw();
    }

    [Fact]
    public async Task Activation_StoreFails_SaysWhy_AndWorksWhenItIsBack()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        cluster.Store.Failure = new IOException("Too many connections");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Key(Id).AskAsync(Asks.OneAMinute));
        Assert.Contains("cannot be claimed", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("Too many connections", failure.ToString(), StringComparison.Ordinal);

        cluster.Store.Failure = null;
        Assert.Single((await cluster.Key(Id).AskAsync(Asks.OneAMinute)).Grants);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("../../etc/passwd")]
    public async Task KeyThatIsNone_IsRefusedBeforeTheStoreHearsOfIt(string id)
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Client.GetGrain<IApiKeyGrain>(id).AskAsync(Asks.OneAMinute));
        Assert.Equal(0, cluster.Store.Counts.Calls(ClaimStoreCall.Claim));
    }

    private static KeyLedgerSnapshot Stored(GrainCluster cluster) => KeyLedgerSnapshot.FromJson(cluster.Store.Find(Id)!.Json);

    /// <summary>Calls in flight to a killed silo fail; the next ones find the new holder.</summary>
    internal static async Task<LedgerAnswer> AskUntilAnsweredAsync(GrainCluster cluster, KeyId? key = null)
    {
        LedgerAnswer? answer = null;
        await Asks.WhenAsync(async () =>
        {
            try
            {
                answer = await cluster.Key(key ?? Id).AskAsync(Asks.OneAMinute);
                return true;
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException)
            {
                return false;
            }
        });
        return answer!;
    }
}
