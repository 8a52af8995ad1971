using GeminiBalance.KeyPool;

namespace GeminiBalance.TestKit;

/// <summary>A claim store in memory with the semantics of a real one: rows are JSON text, one clock of its own, and it can fail, stand still or be watched.</summary>
public sealed class InMemoryClaimStore(TimeProvider clock) : IClaimStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, ClaimRow> rows = [];
    private readonly List<(string Holder, LostClaim Claim)> lost = [];
    private readonly Dictionary<string, DateTimeOffset> asked = [];
    private TaskCompletionSource? frozen;

    /// <summary>When set, every call throws it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, every call waits for it before it takes effect; told which call it is.</summary>
    public Func<ClaimStoreCall, CancellationToken, Task>? Before { get; set; }

    /// <summary>When set, waited for after the call took effect and before its caller hears so: an answer that gets lost.</summary>
    public Func<ClaimStoreCall, CancellationToken, Task>? After { get; set; }

    /// <summary>Statements that took effect, and the rows in them.</summary>
    public ClaimStoreCounts Counts { get; } = new();

    /// <summary>From now on no call takes effect or returns, until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        lock (gate)
        {
            frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Thaw()
    {
        TaskCompletionSource? ended;
        lock (gate)
        {
            (ended, frozen) = (frozen, null);
        }

        ended?.SetResult();
    }

    /// <summary>What is stored of a key; null when nothing is.</summary>
    public ClaimRow? Find(KeyId key)
    {
        lock (gate)
        {
            return rows.GetValueOrDefault(key);
        }
    }

    /// <summary>Puts a ledger at rest, as a clean stop would have left it now.</summary>
    public void Put(KeyId key, KeyLedgerSnapshot ledger)
    {
        lock (gate)
        {
            rows[key] = new ClaimRow(null, rows.GetValueOrDefault(key)?.Term ?? 0, IsOpen: false, clock.GetUtcNow(), ledger.ToJson());
        }
    }

    public async ValueTask<IReadOnlyList<ClaimedLedger>> ClaimAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
    {
        await EnterAsync(ClaimStoreCall.Claim, cancellationToken);
        ClaimedLedger[] claimed;
        lock (gate)
        {
            Counts.Add(ClaimStoreCall.Claim, keys.Count);
            claimed = [.. keys.Select(key => Claim(holder, key))];
        }

        await LeaveAsync(ClaimStoreCall.Claim, cancellationToken);
        return claimed;
    }

    public async ValueTask<IReadOnlyList<ClaimedLedger>> ClaimFreeAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
    {
        await EnterAsync(ClaimStoreCall.Claim, cancellationToken);
        ClaimedLedger[] claimed;
        lock (gate)
        {
            Counts.Add(ClaimStoreCall.Claim, keys.Count);
            claimed = [.. keys.Where(key => rows.GetValueOrDefault(key) is not { IsOpen: true }).Select(key => Claim(holder, key))];
        }

        await LeaveAsync(ClaimStoreCall.Claim, cancellationToken);
        return claimed;
    }

    public ValueTask<IReadOnlyList<KeyId>> SaveAsync(string holder, IReadOnlyList<HeldLedger> changed, CancellationToken cancellationToken) =>
        WriteAsync(ClaimStoreCall.Save, holder, changed, cancellationToken);

    public ValueTask<IReadOnlyList<KeyId>> CloseAsync(string holder, IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken) =>
        WriteAsync(ClaimStoreCall.Close, holder, ledgers, cancellationToken);

    public async ValueTask<IReadOnlyList<LostClaim>> ListLostAsync(string holder, CancellationToken cancellationToken)
    {
        await EnterAsync(ClaimStoreCall.ListLost, cancellationToken);
        LostClaim[] list;
        lock (gate)
        {
            Counts.Add(ClaimStoreCall.ListLost, 0);
            asked[holder] = clock.GetUtcNow();
            list = [.. lost.Where(entry => entry.Holder == holder).Select(entry => entry.Claim)];
        }

        await LeaveAsync(ClaimStoreCall.ListLost, cancellationToken);
        return list;
    }

    private ClaimedLedger Claim(string holder, KeyId key)
    {
        var row = rows.GetValueOrDefault(key) ?? new ClaimRow(null, 0, IsOpen: false, clock.GetUtcNow(), null);
        if (row.IsOpen && row.Holder != holder)
        {
            lost.Add((row.Holder!, new LostClaim(key, row.Term)));
        }

        var since = clock.GetUtcNow() - row.WrittenAt;
        var heard = row.Holder is { } former && asked.TryGetValue(former, out var at) && at > row.ClaimedAt ? at : row.ClaimedAt;
        rows[key] = row with { Holder = holder, Term = row.Term + 1, IsOpen = true, ClaimedAt = clock.GetUtcNow() };
        var ledger = row.Json is { } json ? KeyLedgerSnapshot.FromJson(json) : null;
        return new ClaimedLedger(key, row.Term + 1, ledger, row.IsOpen, row.IsOpen || since < TimeSpan.Zero ? TimeSpan.Zero : since)
        {
            SinceHeard = row.IsOpen && clock.GetUtcNow() > heard ? clock.GetUtcNow() - heard : TimeSpan.Zero,
        };
    }

    private async ValueTask<IReadOnlyList<KeyId>> WriteAsync(
        ClaimStoreCall call, string holder, IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken)
    {
        await EnterAsync(call, cancellationToken);
        var refused = new List<KeyId>();
        lock (gate)
        {
            Counts.Add(call, ledgers.Count);
            foreach (var held in ledgers)
            {
                if (rows.GetValueOrDefault(held.Key) is { IsOpen: true } row && row.Holder == holder && row.Term == held.Term)
                {
                    rows[held.Key] = row with { IsOpen = call == ClaimStoreCall.Save, WrittenAt = clock.GetUtcNow(), Json = held.Ledger.ToJson() };
                }
                else
                {
                    refused.Add(held.Key);
                }
            }
        }

        await LeaveAsync(call, cancellationToken);
        return refused;
    }

    private async Task EnterAsync(ClaimStoreCall call, CancellationToken cancellationToken)
    {
        Task? wait;
        lock (gate)
        {
            wait = frozen?.Task;
        }

        if (wait is not null)
        {
            await wait.WaitAsync(cancellationToken);
        }

        await (Before?.Invoke(call, cancellationToken) ?? Task.CompletedTask);
        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    private Task LeaveAsync(ClaimStoreCall call, CancellationToken cancellationToken) => After?.Invoke(call, cancellationToken) ?? Task.CompletedTask;
}
