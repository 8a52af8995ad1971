using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Several holders after the same keys.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class ClaimRaceTests(MariaDbFixture server)
{
    private const int KeyCount = 1_000;
    private const int Rounds = 4;

    [MariaDbFact]
    public async Task TwoClaimers_OfTheSameKeys_EachKeyEndsWithOneHolder()
    {
        await using var database = await server.OpenAsync();
        var store = Keys.Store(database);
        var keys = Keys.Ids(KeyCount);
        var random = new Random(7);

        // The holders ask in different orders and different pieces; the store must neither mix them up nor tie itself in knots.
        var claims = await Task.WhenAll(Enumerable.Range(0, 2).SelectMany(holder => Enumerable.Range(0, Rounds).Select(_ => holder)).Select(holder =>
        {
            var order = keys.ToArray();
            random.Shuffle(order);
            return Task.Run(async () => (Holder: $"holder-{holder}", Claimed: await store.ClaimAsync($"holder-{holder}", order, CancellationToken.None)));
        }));

        var all = claims.SelectMany(claim => claim.Claimed.Select(claimed => (claim.Holder, claimed.Key, claimed.Term))).ToList();
        var lost = new Dictionary<string, HashSet<LostClaim>>();
        foreach (var holder in claims.Select(claim => claim.Holder).Distinct())
        {
            lost[holder] = [.. await store.ListLostAsync(holder, CancellationToken.None)];
        }

        foreach (var ofKey in all.GroupBy(claim => claim.Key))
        {
            var inOrder = ofKey.OrderBy(claim => claim.Term).ToList();
            Assert.Equal(Enumerable.Range(1, 2 * Rounds).Select(term => (long)term), inOrder.Select(claim => claim.Term));
            Assert.All(
                inOrder.Zip(inOrder.Skip(1)),
                pair => Assert.Equal(pair.First.Holder != pair.Second.Holder, lost[pair.First.Holder].Contains(new LostClaim(ofKey.Key, pair.First.Term))));
            Assert.DoesNotContain(new LostClaim(ofKey.Key, inOrder[^1].Term), lost[inOrder[^1].Holder]);
        }

        await AssertOnlyLastTermWritesAsync(store, all);
    }

    private static async Task AssertOnlyLastTermWritesAsync(MySqlClaimStore store, List<(string Holder, KeyId Key, long Term)> all)
    {
        foreach (var write in all.GroupBy(claim => (claim.Holder, claim.Term)))
        {
            var lost = await store.SaveAsync(write.Key.Holder, [.. write.Select(claim => Keys.Ledger(claim.Key, claim.Term, failures: 1))], CancellationToken.None);

            Assert.Equal(write.Key.Term == 2 * Rounds ? 0 : write.Count(), lost.Count);
        }
    }
}
