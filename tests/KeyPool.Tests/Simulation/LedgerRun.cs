namespace GeminiBalance.KeyPool.Tests.Simulation;

/// <summary>A seeded run of one ledger against the upstream's book: grants, corrections, returns, checkpoints, clean stops and crashes, with time aimed at the ledger's own deadlines.</summary>
internal sealed class LedgerRun
{
    private const string Model = "m";
    private static readonly DateTimeOffset[] Starts =
    [
        new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero),
        new(2026, 1, 16, 7, 58, 30, TimeSpan.Zero), // Shortly before midnight,
        new(2026, 3, 8, 7, 59, 0, TimeSpan.Zero), // before the short day,
        new(2026, 3, 9, 6, 58, 50, TimeSpan.Zero), // and after it,
        new(2026, 11, 1, 6, 58, 50, TimeSpan.Zero), // and around the long one.
        new(2026, 11, 2, 7, 58, 50, TimeSpan.Zero),
    ];

    private static readonly long[] RequestLimits = [0, 1, 2, 5, 64, 65, 100];
    private static readonly long[] TokenLimits = [0, 0, 100, 1000];
    private static readonly long[] DayLimits = [0, 0, 3, 20, 150];
    private readonly KeyLedgerOptions options;
    private readonly Random random;
    private readonly int seed;
    private readonly bool crashes;
    private readonly bool isCrowded;
    private readonly KeyLimits limits;
    private readonly UpstreamBook book;
    private readonly List<(UpstreamBook.Call Call, long Charged)> open = [];
    private KeyLedger ledger;
    private KeyLedgerSnapshot? disk;
    private DateTimeOffset claimUntil;
    private DateTimeOffset now;
    private DateTimeOffset due;
    private int step;

    /// <param name="seed">Whatever the run does follows from it.</param>
    /// <param name="crashes">Whether the process dies now and then.</param>
    /// <param name="isCrowded">Whether other models need the place of the one that is watched.</param>
    public LedgerRun(int seed, bool crashes, bool isCrowded = false)
    {
        (this.seed, this.crashes, this.isCrowded, random) = (seed, crashes, isCrowded, new Random(seed));
        options = isCrowded ? KeyLedgerOptions.Default with { ModelsMax = 2 } : KeyLedgerOptions.Default;
        limits = new KeyLimits(Pick(RequestLimits), Pick(TokenLimits), Pick(DayLimits));
        now = due = Pick(Starts);
        book = new UpstreamBook(options.Guard, options.DayGuard);
        ledger = new KeyLedger(new KeyId("0123456789abcdef"), options);
        claimUntil = now + TimeSpan.FromSeconds(5);
    }

    public int Granted { get; private set; }

    /// <summary>How often the watched model's ledger made room for another one.</summary>
    public int Forgotten { get; private set; }

    public void Run(int steps)
    {
        for (step = 0; step < steps; step++)
        {
            MoveTime();
            Act();
        }

        Assert.True(book.FindViolation(limits) is null, $"{book.FindViolation(limits)} under {limits} (seed {seed})");
    }

    private void Act()
    {
        switch (random.Next(20))
        {
            case 0 when open.Count > 0:
                GiveBack();
                break;
            case 1 or 2 when open.Count > 0:
                Correct();
                break;
            case 3:
                Checkpoint();
                break;
            case 5 or 6 or 7 or 8 when isCrowded:
                GrantOther();
                break;
            case 4 when crashes && random.Next(3) == 0:
                Restart(isClean: random.Next(2) == 0);
                break;
            default:
                Grant();
                break;
        }
    }

    private void MoveTime()
    {
        now = random.Next(8) switch
        {
            0 or 1 when due > now && due - now < TimeSpan.FromHours(25) => due + TimeSpan.FromTicks(random.Next(-1, 2)),
            2 => now + TimeSpan.FromTicks(1),
            3 => now + TimeSpan.FromMilliseconds(random.Next(1, 400)),
            4 => now + TimeSpan.FromMilliseconds(random.Next(1, 20_000)),
            5 when random.Next(40) == 0 => now + TimeSpan.FromHours(random.Next(1, 30)),
            _ => now,
        };
        if (now > claimUntil)
        {
            Checkpoint();
        }
    }

    private void Grant()
    {
        var tokens = random.Next(4) == 0 ? random.Next(0, 1500) : random.Next(0, 60);
        var decision = ledger.TryGrant(Model, limits, tokens, now);
        if (decision.Denial == KeyDenialReason.NeedsCheckpoint)
        {
            Checkpoint();
            decision = ledger.TryGrant(Model, limits, tokens, now);
        }

        if (!crashes && !isCrowded && limits.RequestsPerDay == 0 && limits.RequestsPerMinute is > 0 and <= 64)
        {
            var expected = !book.IsMinuteFull(limits, tokens, now);
            Assert.True(expected == decision.IsGranted, $"Granted: {decision.IsGranted}, expected: {expected} under {limits} (seed {seed}, step {step})");
        }

        if (!decision.IsGranted)
        {
            Assert.True(decision.At > now, $"Denied until {decision.At:O}, which is not later than {now:O} (seed {seed}, step {step})");
            due = decision.At;
            return;
        }

        Granted++;
        open.Add((book.Add(decision.At, decision.ChargedTokens), decision.ChargedTokens));
    }

    private void GrantOther()
    {
        var isKnown = IsKnown();
        ledger.TryGrant("other" + random.Next(3), default, 0, now);
        Forgotten += isKnown && !IsKnown() ? 1 : 0;
    }

    private bool IsKnown() => ledger.StatusAt("", new KeyProfile(), _ => limits, now).Models.Any(known => known.Model == Model);

    private void GiveBack()
    {
        var (call, charged) = Take();
        ledger.Settle(Model, call.GrantedAt, charged, new CallOutcome(CallOutcomeKind.NotSent), now);
        book.Remove(call);
    }

    private void Correct()
    {
        var (call, charged) = Take();
        var actual = random.NextInt64(0, charged + 1);
        ledger.Settle(Model, call.GrantedAt, charged, new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = actual }, now);
        call.Tokens = actual;
    }

    private void Checkpoint()
    {
        disk = KeyLedgerSnapshot.FromJson(ledger.TakeSnapshot(now, withWindows: false).ToJson());
        ledger.SnapshotStored();
        claimUntil = now + TimeSpan.FromSeconds(5);
    }

    private void Restart(bool isClean)
    {
        if (isClean)
        {
            disk = KeyLedgerSnapshot.FromJson(ledger.TakeSnapshot(now, withWindows: true).ToJson());
        }

        now += TimeSpan.FromMilliseconds(random.Next(3) switch { 0 => 0, 1 => random.Next(3000), _ => random.Next(90_000) });
        var next = new KeyLedger(ledger.Id, options);
        next.Restore(disk, isClean ? null : claimUntil, now);
        ledger = next;
        open.Clear();
        Checkpoint();
    }

    private (UpstreamBook.Call Call, long Charged) Take()
    {
        var index = random.Next(open.Count);
        var taken = open[index];
        open.RemoveAt(index);
        return taken;
    }

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
