using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>One gateway's way to the silos: messages take their time, or never arrive.</summary>
internal sealed class SimulatedNetwork(SimulatedSilos silos, ManualTimeProvider time, Random random) : IKeyLedgers
{
    private const int AsksAtOnceMax = 500;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private DateTimeOffset lastAskAt;
    private int asksAtOnce;

    public Weather Weather { get; set; }

    /// <summary>Whether the gateway is gone: nothing it says is heard.</summary>
    public bool IsCut { get; set; }

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask)
    {
        asksAtOnce = lastAskAt == time.GetUtcNow() ? asksAtOnce + 1 : 1;
        lastAskAt = time.GetUtcNow();
        Assert.True(asksAtOnce < AsksAtOnceMax, "Asks without end while no time passes.");
        var answer = new TaskCompletionSource<LedgerAnswer>();
        if (Weather != Weather.None)
        {
            After(AnswerWithin, () => answer.TrySetException(new TimeoutException("No answer.")));
        }

        Travel(() => Deliver(silos.Find(key), key, ask, answer));
        return answer.Task;
    }

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements) => Travel(() =>
    {
        if (silos.Find(key) is { IsFrozen: false } silo)
        {
            silo.Settle(key, settlements);
        }
    });

    public void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                action();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private void Deliver(SimulatedSilo? silo, KeyId key, LedgerAsk ask, TaskCompletionSource<LedgerAnswer> answer)
    {
        if (silo is null)
        {
            Travel(() => answer.TrySetException(new IOException("The ledger cannot be claimed.")));
        }
        else if (silo.IsFrozen)
        {
            After(silo.FrozenUntil - time.GetUtcNow(), () => Deliver(silo, key, ask, answer));
        }
        else if (silo.IsDead || !silo.Holds(key))
        {
            Travel(() => answer.TrySetException(new IOException("The ledger is gone.")));
        }
        else
        {
            var said = silo.Answer(key, ask);
            silos.Carry(silo, key, arrive => After(TimeSpan.FromMilliseconds(random.Next(1, random.Next(10) == 0 ? 3_000 : 5)), arrive));
            Travel(() => answer.TrySetResult(said));
        }
    }

    private void Travel(Action arrive)
    {
        if (IsCut)
        {
            return;
        }

        switch (Weather)
        {
            case Weather.None:
                arrive();
                break;
            case Weather.Calm:
                After(TimeSpan.FromMicroseconds(random.Next(200, 2_000)), arrive);
                break;
            case Weather.Stormy when random.Next(50) > 0:
                var longest = random.Next(20) == 0 ? 2_500 : random.Next(4) == 0 ? 200 : 20;
                After(TimeSpan.FromMilliseconds(random.NextDouble() * longest), arrive);
                break;
            default:
                break; // Lost.
        }
    }
}
