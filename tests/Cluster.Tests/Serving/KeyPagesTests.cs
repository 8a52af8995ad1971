using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Cluster.Tests.Serving;

public sealed class KeyPagesTests
{
    private static readonly KeyLimitTable Limits = new(KeyLimits.Unlimited, new Dictionary<string, LimitRule>(), new Dictionary<string, LimitRule>());
    private readonly ManualTimeProvider time = new();
    private readonly List<RosterKey> keys = [];
    private readonly Dictionary<KeyId, KeyLedgerSnapshot> ledgers = [];
    private readonly List<int> readings = [];
    private readonly KeyPages pages;
    private TaskCompletionSource? held;

    public KeyPagesTests() => pages = new KeyPages(() => ([.. keys], Limits), ReadAsync, time);

    [Fact]
    public async Task LargePool_ReadsTheLedgersOfThePageOnly()
    {
        Add(KeyPages.ReadWholeMax + 1);
        Reject(7);
        held = new TaskCompletionSource();

        var page = await pages.ReadAsync(new KeyPageQuery("", null, 5, 10), CancellationToken.None);

        Assert.Equal((KeyPages.ReadWholeMax + 1, 10), (page.Total, page.Items.Count));
        Assert.Equal(["key 5", "key 6", "key 7"], page.Items.Take(3).Select(key => key.Profile.Note));
        Assert.Equal([KeyState.Active, KeyState.Active, KeyState.Rejected], page.Items.Take(3).Select(key => key.State));
        Assert.Null(page.States);
        Assert.Equal(10, Assert.Single(readings, count => count <= 10));
        held.SetResult();
    }

    [Fact]
    public async Task LargePool_Search_NeedsNoLedger()
    {
        Add(KeyPages.ReadWholeMax + 1);
        held = new TaskCompletionSource();

        var page = await pages.ReadAsync(new KeyPageQuery("KEY 7", null, 0, 2), CancellationToken.None);

        Assert.Equal((111, 2), (page.Total, page.Items.Count));
        Assert.Equal("key 7", page.Items[0].Profile.Note);
        held.SetResult();
    }

    [Fact]
    public async Task LargePool_FilterByState_ReadsAllOnce_UntilThatIsOldOrSomebodyChangesAKey()
    {
        Add(KeyPages.ReadWholeMax + 1);
        Reject(7);
        var rejected = new KeyPageQuery("", state => state == KeyState.Rejected, 0, 10);

        Assert.Equal("key 7", Assert.Single((await pages.ReadAsync(rejected, CancellationToken.None)).Items).Profile.Note);
        Reject(8);
        var again = await pages.ReadAsync(rejected, CancellationToken.None);
        Assert.Equal(1, again.Total);
        Assert.Equal((1, KeyPages.ReadWholeMax), (again.States![KeyState.Rejected], again.States[KeyState.Active]));
        Assert.Equal([KeyPages.ReadWholeMax + 1, 1, 1], readings);

        pages.Changed();
        Assert.Equal(2, (await pages.ReadAsync(rejected, CancellationToken.None)).Total);
        Reject(9);
        time.Advance(KeyPages.RecentMax);
        Assert.Equal(3, (await pages.ReadAsync(rejected, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task LargePool_CountsAreTheLastKnown_AndNoPageWaitsForThem()
    {
        Add(KeyPages.ReadWholeMax + 1);
        await pages.ReadAsync(new KeyPageQuery("", _ => true, 0, 1), CancellationToken.None);
        held = new TaskCompletionSource();
        time.Advance(KeyPages.RecentMax);

        Assert.NotNull((await pages.ReadAsync(new KeyPageQuery("", null, 0, 1), CancellationToken.None)).States);
        time.Advance(KeyPages.ShownMax);
        Assert.Null((await pages.ReadAsync(new KeyPageQuery("", null, 0, 1), CancellationToken.None)).States);
        held.SetResult();
    }

    [Fact]
    public async Task SmallPool_IsReadWhole_AndExact()
    {
        Add(3);
        Reject(1);

        var page = await pages.ReadAsync(new KeyPageQuery("", state => state == KeyState.Active, 1, 5), CancellationToken.None);

        Assert.Equal("key 2", Assert.Single(page.Items).Profile.Note);
        Assert.Equal((2, 1, 2), (page.Total, page.States![KeyState.Rejected], page.States[KeyState.Active]));
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            keys.Add(new RosterKey(new ApiKey($"AIzaSyPages{i:D28}"), new KeyProfile { Note = $"key {i}", AddedAt = DateTimeOffset.UnixEpoch.AddSeconds(i) }));
        }
    }

    private void Reject(int key) => ledgers[keys[key].Key.Id] = new KeyLedgerSnapshot { KeyId = keys[key].Key.Id.Value, State = KeyState.Rejected };

    private async Task<IReadOnlyDictionary<KeyId, KeyLedgerSnapshot>> ReadAsync(IReadOnlyCollection<KeyId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > 10 && held is not null)
        {
            await held.Task;
        }

        lock (readings)
        {
            readings.Add(ids.Count);
        }

        return ids.Where(ledgers.ContainsKey).ToDictionary(id => id, id => ledgers[id]);
    }
}
