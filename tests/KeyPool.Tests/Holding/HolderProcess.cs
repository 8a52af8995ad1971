using GeminiBalance.KeyPool.Tests.Simulation;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>A process that holds ledgers, with a clock of its own. It does what a silo does around <see cref="LedgerHolder"/>, on the test's time.</summary>
internal sealed class HolderProcess
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskPeersEvery = TimeSpan.FromMilliseconds(500);
    private readonly string name;
    private readonly InMemoryClaimStore store;
    private readonly HolderPulse pulse;
    private readonly HashSet<LostClaim> knownLost = [];
    private TimeSpan skew;
    private DateTimeOffset nextBeat;
    private DateTimeOffset nextWrite;
    private DateTimeOffset nextQuestion;
    private DateTimeOffset nextPeers;
    private Question? question;

    public HolderProcess(string name, TimeSpan skew, InMemoryClaimStore store, DateTimeOffset time, bool isStrict)
    {
        (this.name, this.skew, this.store) = (name, skew, store);
        pulse = new HolderPulse(HolderPulseOptions.Default with { IsStrict = isStrict }, time + skew);
        pulse.Answered(time + skew, time + skew); // A silo takes no activations before.
        (nextBeat, nextWrite, nextQuestion) = (time, time, time);
    }

    public LedgerHolder? Holder { get; private set; }

    public DateTimeOffset FrozenUntil { get; set; }

    /// <summary>Until when it alone does not reach the store.</summary>
    public DateTimeOffset CutUntil { get; set; }

    public TimeSpan WriteEvery { get; init; }

    public bool IsAwake(DateTimeOffset time) => time >= FrozenUntil;

    public bool Reaches(DateTimeOffset time) => store.Failure is null && time >= CutUntil;

    /// <summary>Beats, asks the store, hears it and writes, as far as each is due.</summary>
    public async Task LiveAsync(DateTimeOffset time, Random random)
    {
        if (time >= nextBeat)
        {
            pulse.Beat(time + skew);
            nextBeat = time + BeatEvery;
        }

        if (question is null && time >= nextQuestion)
        {
            question = new Question(time + skew, time + TimeSpan.FromMilliseconds(random.Next(1_000)), time + TimeSpan.FromMilliseconds(random.Next(4_000)));
            nextQuestion = time + pulse.Options.Interval;
        }

        if (question is not null)
        {
            await AttendAsync(question, time);
        }

        if (time >= nextWrite && Holder is not null)
        {
            nextWrite = time + WriteEvery;
            await WriteAsync(Holder, time);
        }
    }

    /// <summary>Asks the other processes whether they reach the store; one of three may be silent.</summary>
    public void HearPeers(DateTimeOffset time, IReadOnlyList<HolderProcess> peers)
    {
        if (pulse.IsFailing && time >= nextPeers)
        {
            nextPeers = time + AskPeersEvery;
            var awake = peers.Where(peer => peer.IsAwake(time)).ToList();
            if (peers.Count - awake.Count <= 1)
            {
                pulse.HearPeers([.. awake.Select(peer => peer.pulse.Tell(time + peer.skew))], time + skew, time + skew);
            }
        }
    }

    public async Task<ClaimedLedger> ClaimAsync() => (await store.ClaimAsync(name, [HolderBench.Key], CancellationToken.None))[0];

    /// <summary>The answer to a claim has come.</summary>
    public void Take(ClaimedLedger claimed, DateTimeOffset time)
    {
        if (!knownLost.Contains(new LostClaim(claimed.Key, claimed.Term)))
        {
            Holder = new LedgerHolder(claimed, KeyLedgerOptions.Default, pulse, time + skew);
        }
    }

    public async Task<bool> CloseAsync(DateTimeOffset time)
    {
        if (Holder is not { } holder)
        {
            return true;
        }

        Holder = null;
        var ledger = holder.TakeSnapshot(time + skew, withWindows: true);
        return (await store.CloseAsync(name, [new HeldLedger(HolderBench.Key, holder.Term, ledger)], CancellationToken.None)).Count == 0;
    }

    /// <summary>Asks the held ledger; books what is granted at the moment it was.</summary>
    public LedgerAnswer Ask(LedgerAsk ask, DateTimeOffset time, UpstreamBook book)
    {
        var answer = Holder!.Answer(ask, time + skew);
        foreach (var grant in answer.Grants)
        {
            book.Add(time, grant.ChargedTokens);
        }

        return answer;
    }

    public void SetClock(TimeSpan step, DateTimeOffset time)
    {
        skew += step;
        question = null; // Asked on another clock.
        pulse.ClockWasSet(time + skew);
        Holder?.ClockWasSet(step, time + skew);
    }

    private async Task AttendAsync(Question asked, DateTimeOffset time)
    {
        if (Reaches(time) && asked.Lost is null && time >= asked.ReadAt)
        {
            asked.Lost = await store.ListLostAsync(name, CancellationToken.None);
        }

        var isLate = time + skew - asked.AskedAt >= pulse.Options.AnswerWithin;
        if (asked.Lost is not null && time >= asked.HeardAt && !isLate)
        {
            question = null;
            knownLost.UnionWith(asked.Lost);
            Holder = Holder is { } held && knownLost.Contains(new LostClaim(HolderBench.Key, held.Term)) ? null : Holder;
            pulse.Answered(asked.AskedAt, time + skew);
        }
        else if (isLate)
        {
            question = null;
            pulse.Failed(time + skew);
        }
    }

    private async Task WriteAsync(LedgerHolder holder, DateTimeOffset time)
    {
        if (!holder.IsChanged)
        {
            return;
        }

        var ledger = holder.TakeSnapshot(time + skew, withWindows: false);
        if (!Reaches(time))
        {
            holder.NotStored(time + skew);
        }
        else if ((await store.SaveAsync(name, [new HeldLedger(HolderBench.Key, holder.Term, ledger)], CancellationToken.None)).Count == 0)
        {
            holder.Stored();
        }
        else
        {
            Holder = null;
        }
    }

    private sealed class Question(DateTimeOffset askedAt, DateTimeOffset readAt, DateTimeOffset heardAt)
    {
        public DateTimeOffset AskedAt { get; } = askedAt;

        public DateTimeOffset ReadAt { get; } = readAt;

        public DateTimeOffset HeardAt { get; } = heardAt;

        public IReadOnlyList<LostClaim>? Lost { get; set; }
    }
}
