using GeminiBalance.KeyPool.Tests.Simulation;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>
/// A seeded run of one key among several processes with clocks of their own: clean moves, kills, processes that stand still or are taken for dead
/// while they run on, clocks that are set, a store that is away for all or for one. Every process that believes to hold the key is asked
/// without pause.
/// </summary>
internal sealed class HoldingRun
{
    private const int Processes = 3;
    private static readonly TimeSpan StartSkewMax = TimeSpan.FromSeconds(5);
    private readonly int seed;
    private readonly Random random;
    private readonly bool failures;
    private readonly bool isStrict;
    private readonly KeyLimits limits;
    private readonly ManualTimeProvider time = new();
    private readonly InMemoryClaimStore store;
    private readonly HolderProcess[] processes = new HolderProcess[Processes];
    private readonly UpstreamBook book = new(KeyLedgerOptions.Default.Guard, KeyLedgerOptions.Default.DayGuard);
    private readonly DateTimeOffset start;
    private readonly List<(HolderProcess Process, ClaimedLedger Claimed, DateTimeOffset HeardAt)> claims = [];
    private DateTimeOffset outageUntil;
    private DateTimeOffset nextEvent;
    private int owner;
    private int born;

    public HoldingRun(int seed, long requestsPerMinute, bool failures)
    {
        (this.seed, this.failures, random) = (seed, failures, new Random(seed));
        isStrict = random.Next(3) == 0;
        limits = new KeyLimits(requestsPerMinute, random.Next(3) == 0 && failures ? 1_000 : 0, 0);
        store = new InMemoryClaimStore(time);
        (start, nextEvent) = (time.GetUtcNow(), time.GetUtcNow());
        for (var i = 0; i < Processes; i++)
        {
            processes[i] = NewProcess();
        }
    }

    public int Granted => book.Count;

    private DateTimeOffset Now => time.GetUtcNow();

    public async Task RunAsync(TimeSpan length, int stepMilliseconds)
    {
        while (Now - start < length)
        {
            time.Advance(TimeSpan.FromTicks(random.NextInt64(1, stepMilliseconds * TimeSpan.TicksPerMillisecond)));
            store.Failure = Now < outageUntil ? new IOException("away") : null;
            if (Now >= nextEvent)
            {
                nextEvent = Now + TimeSpan.FromMilliseconds(Pause());
                await (failures ? FailAsync() : MoveAsync());
            }

            foreach (var process in processes.Where(process => process.IsAwake(Now)).OrderBy(_ => random.Next()).ToList())
            {
                await process.LiveAsync(Now, random);
                process.HearPeers(Now, processes.Where(peer => peer != process).ToList());
                Ask(process);
            }

            await OwnAsync();
        }

        Assert.True(book.FindViolation(limits) is null, $"{book.FindViolation(limits)} under {limits} (seed {seed}, strict: {isStrict})");
    }

    /// <summary>Failures come in bursts, and between them after all holds have ended, so that too short a hold shows.</summary>
    private int Pause() => !failures ? random.Next(500, 25_000) : random.Next(3) == 0 ? random.Next(100, 5_000) : random.Next(62_000, 100_000);

    private HolderProcess NewProcess()
    {
        var skew = TimeSpan.FromTicks(random.NextInt64(-StartSkewMax.Ticks, StartSkewMax.Ticks));
        return new HolderProcess($"p{born++}", skew, store, Now, isStrict) { WriteEvery = TimeSpan.FromMilliseconds(failures && random.Next(2) == 0 ? 20_000 : 500) };
    }

    private void Ask(HolderProcess process)
    {
        if (process.Holder is not null)
        {
            var tokens = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (long)random.Next(0, 400)).ToArray();
            process.Ask(HolderBench.Ask(limits, tokens), Now, book);
        }
    }

    /// <summary>The cluster sees to it that the owner has an activation.</summary>
    private async Task OwnAsync()
    {
        foreach (var heard in claims.Where(claim => Now >= claim.HeardAt && claim.Process.IsAwake(Now)).ToList())
        {
            claims.Remove(heard);
            heard.Process.Take(heard.Claimed, Now);
        }

        var process = processes[owner];
        if (process.Holder is null && process.Reaches(Now) && process.IsAwake(Now) && claims.All(claim => claim.Process != process))
        {
            claims.Add((process, await process.ClaimAsync(), Now + TimeSpan.FromMilliseconds(failures ? random.Next(3_000) : random.Next(30))));
        }
    }

    private async Task MoveAsync()
    {
        if (processes[owner].Reaches(Now) && processes[owner].IsAwake(Now) && processes[owner].Holder is not null)
        {
            await processes[owner].CloseAsync(Now);
            Elect();
        }
    }

    private async Task FailAsync()
    {
        switch (random.Next(8))
        {
            case 0:
                await MoveAsync();
                break;
            case 1: // Killed. The next one cannot start without the store.
                processes[owner] = NewProcess();
                processes[owner].FrozenUntil = outageUntil;
                Elect();
                break;
            case 2: // Stands still and is taken for dead; runs on later.
                processes[owner].FrozenUntil = Now + TimeSpan.FromMilliseconds(random.Next(1_000, 100_000));
                Elect();
                break;
            case 3: // Stands still, and nobody notices.
                processes[random.Next(Processes)].FrozenUntil = Now + TimeSpan.FromMilliseconds(random.Next(100, 12_000));
                break;
            case 4: // Taken for dead, or activated twice, while it runs.
                Elect();
                break;
            case 5:
                outageUntil = Now + TimeSpan.FromMilliseconds(random.Next(500, 150_000));
                break;
            case 6:
                processes[random.Next(Processes)].SetClock(TimeSpan.FromSeconds(random.Next(-90, 90)), Now);
                break;
            default: // One process loses the store, and others can claim.
                processes[owner].CutUntil = Now + TimeSpan.FromMilliseconds(random.Next(500, 150_000));
                Elect();
                break;
        }
    }

    private void Elect()
    {
        owner = (owner + random.Next(1, Processes)) % Processes;
    }
}
