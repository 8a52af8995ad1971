namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Ledgers that answer when and what the test says. It also watches that no key is asked twice at a time for a model.</summary>
internal sealed class ScriptedLedgers : IKeyLedgers
{
    private readonly List<ScriptedAsk> asks = [];
    private readonly HashSet<(KeyId Key, string Model)> beingAsked = [];

    /// <summary>Asks in the order in which they were sent.</summary>
    public IReadOnlyList<ScriptedAsk> Asks => asks;

    public IReadOnlyList<ScriptedAsk> Open => [.. asks.Where(ask => ask.IsOpen)];

    /// <summary>What came alone, without an ask.</summary>
    public List<(KeyId Key, IReadOnlyList<LedgerSettlement> Settlements)> Posted { get; } = [];

    /// <summary>When set, asks are answered with it at once.</summary>
    public Action<ScriptedAsk>? AtOnce { get; set; }

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask)
    {
        Assert.True(ask.IsProbe || beingAsked.Add((key, ask.Model)), $"{key} is asked already.");
        var scripted = new ScriptedAsk(key, ask, () => beingAsked.Remove((key, ask.Model))) { Stamp = 1_000 * (asks.Count + 1) };
        asks.Add(scripted);
        AtOnce?.Invoke(scripted);
        return scripted.Task;
    }

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements) => Posted.Add((key, settlements));
}
