using GeminiBalance.KeyPool;

namespace GeminiBalance.TestKit;

/// <summary>The ledgers of a cluster in this process: one holder, whose answers can be delayed, and that can be made silent for some keys.</summary>
public sealed class InMemoryLedgers : IKeyLedgers
{
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, LedgerHolder> holders = [];
    private readonly HashSet<KeyId> failing = [];
    private readonly HashSet<KeyId> silent = [];
    private readonly TimeProvider time;
    private readonly KeyLedgerOptions options;
    private readonly HolderPulse pulse;
    private long term;

    public InMemoryLedgers(TimeProvider time, KeyLedgerOptions? options = null)
    {
        this.time = time;
        this.options = options ?? KeyLedgerOptions.Default;
        pulse = new HolderPulse(new HolderPulseOptions { TrustedFor = TimeSpan.FromDays(1000), BeatWithin = TimeSpan.FromDays(1000) }, time.GetUtcNow());
        pulse.Answered(time.GetUtcNow(), time.GetUtcNow());
    }

    /// <summary>How long every answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Asks that arrived.</summary>
    public int Asks { get; private set; }

    /// <summary>Messages that arrived and carried settlements alone.</summary>
    public int SettlementMessages { get; private set; }

    /// <summary>Everything asked for, in order.</summary>
    public List<(KeyId Key, LedgerAsk Ask)> Log { get; } = [];

    /// <summary>Asks of these keys fail at once.</summary>
    public void Fail(params IEnumerable<KeyId> keys) => failing.UnionWith(keys);

    /// <summary>Asks of these keys are never answered.</summary>
    public void Silence(params IEnumerable<KeyId> keys) => silent.UnionWith(keys);

    public void Heal()
    {
        failing.Clear();
        silent.Clear();
    }

    public void Disable(KeyId key) => Change(key, holder => holder.Disable("by hand", time.GetUtcNow()));

    public void Enable(KeyId key) => Change(key, holder => holder.Enable());

    /// <summary>Has another ledger grant for a key, as an administrator's gateway does.</summary>
    public void Move(KeyId key, LedgerMove move) => Change(key, holder => Moves(holder, move));

    public KeyLedgerSnapshot Read(KeyId key)
    {
        lock (gate)
        {
            return HolderOf(key).Read(time.GetUtcNow());
        }
    }

    public async Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask)
    {
        lock (gate)
        {
            Asks++;
            Log.Add((key, ask));
            if (failing.Contains(key))
            {
                throw new TimeoutException("The holder of this ledger is away.");
            }
        }

        if (silent.Contains(key))
        {
            await new TaskCompletionSource().Task;
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay / 2, time).ConfigureAwait(false);
        }

        LedgerAnswer answer;
        lock (gate)
        {
            var holder = HolderOf(key);
            answer = holder.Answer(ask, time.GetUtcNow());
            if (holder.WantedMove is { } move && Moves(holder, move))
            {
                answer = holder.Answer(ask with { Settlements = [] }, time.GetUtcNow());
            }

            holder.TakeSnapshot(time.GetUtcNow(), withWindows: false);
            holder.Stored();
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay - (Delay / 2), time).ConfigureAwait(false);
        }

        return answer;
    }

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements)
    {
        lock (gate)
        {
            SettlementMessages++;
            HolderOf(key).Settle(settlements, time.GetUtcNow());
        }
    }

    private bool Moves(LedgerHolder holder, LedgerMove move)
    {
        if (!holder.BeginMove(move))
        {
            return false;
        }

        if (holder.MovesTo is { } to)
        {
            var project = HolderOf(to);
            project.CountIn(holder.Read(time.GetUtcNow()), time.GetUtcNow());
            project.TakeSnapshot(time.GetUtcNow(), withWindows: false);
            project.Stored();
        }

        holder.EndMove();
        return true;
    }

    private void Change(KeyId key, Action<LedgerHolder> change)
    {
        lock (gate)
        {
            change(HolderOf(key));
        }
    }

    private LedgerHolder HolderOf(KeyId key)
    {
        if (!holders.TryGetValue(key, out var holder))
        {
            holder = new LedgerHolder(new ClaimedLedger(key, ++term, null, WasOpen: false, TimeSpan.Zero), options, pulse, time.GetUtcNow());
            holders.Add(key, holder);
        }

        return holder;
    }
}
