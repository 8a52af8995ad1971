namespace GeminiBalance.KeyPool;

/// <content>Asks on their way, and those that are too long.</content>
public sealed partial class ClusterKeyPool
{
    [ThreadStatic]
    private static Queue<(ClusterKeyPool Pool, AskInFlight Ask)>? leaving;

    [ThreadStatic]
    private static bool isSending;
    private readonly List<AskInFlight> outgoing = [];
    private readonly Queue<AskInFlight> flights = new();
    private int asksOut;
    private TaskCompletionSource? whenIdle;

    /// <summary>Ends when no ask is out.</summary>
    internal Task WhenIdleAsync()
    {
        lock (gate)
        {
            return asksOut == 0 ? Task.CompletedTask : (whenIdle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private AskInFlight NewAsk(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        queue.Of(key).Postpone(key.Slot, long.MaxValue, KeyStanding.Asked);
        return new AskInFlight(key, queue, now, time.GetUtcNow());
    }

    private void Send(AskInFlight ask)
    {
        ask.Spares = SparesFor(ask, ask.AskedAt, out var expected);
        ask.Queue.SparesAsked += ask.Spares;
        var tokens = ask.Probe is null ? new long[ask.Waiters.Count + ask.Spares] : [1];
        for (var i = 0; i < ask.Waiters.Count; i++)
        {
            tokens[i] = ask.Waiters[i].Request.EstimatedTokens;
        }

        tokens.AsSpan(ask.Waiters.Count, ask.Spares).Fill(expected);

        ask.Key.HasUrgent = false;
        ask.Message = new LedgerAsk(ask.Queue.Model, ask.Queue.LimitsFor(ask.Key, limits), tokens, IsProbe: ask.Probe is not null, ask.Key.TakePending())
        {
            Project = ask.Key.Project,
            RosterVersion = ask.Key.Row.Version,
        };
        ask.Queue.AskCount++;
        flights.Enqueue(ask);
        outgoing.Add(ask);
        asks++;
        asksOut++;
    }

    /// <summary>Carries out what was decided under the lock. Ledgers that answer in place would nest without end, so a thread sends one ask after another.</summary>
    private void SendOff(AskInFlight[] decided)
    {
        var line = leaving ??= new Queue<(ClusterKeyPool, AskInFlight)>();
        foreach (var ask in decided)
        {
            line.Enqueue((this, ask));
        }

        if (isSending)
        {
            return;
        }

        isSending = true;
        while (line.TryDequeue(out var next))
        {
            _ = next.Pool.AskAsync(next.Ask);
        }

        isSending = false;
    }

    private async Task AskAsync(AskInFlight ask)
    {
        try
        {
            Answered(ask, await ledgers.AskAsync(ask.Key.Key.Id, ask.Message!).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !ask.IsDone)
        {
            // Whatever became of the holder: the calls go to other keys, and the key is tried again later.
            Failed(ask);
            options.AskFailed?.Invoke(ask.Key.Key.Id, failure);
        }
        finally
        {
            AskEnded();
        }
    }

    private void AskEnded()
    {
        TaskCompletionSource? idle = null;
        lock (gate)
        {
            if (--asksOut == 0)
            {
                (idle, whenIdle) = (whenIdle, null);
            }
        }

        idle?.SetResult();
    }

    /// <summary>Asks that were not answered in time are of no use any more: a call must be sent soon after its grant.</summary>
    private void WriteOff(DateTimeOffset now)
    {
        while (flights.TryPeek(out var ask) && (ask.IsDone || now - ask.AskedAt > SendWithin))
        {
            flights.Dequeue();
            if (ask.IsDone)
            {
                continue;
            }

            writtenOff++;
            ask.IsOverdue = true;
            ask.Queue.AskCount--;
            ask.Probe?.TrySetResult(null);
            WasInVain(now);
            if (ask.Key.Slot >= 0 && ask.Queue.StandingOf(ask.Key) == KeyStanding.Asked)
            {
                ask.Queue.Of(ask.Key).Postpone(ask.Key.Slot, long.MaxValue, KeyStanding.Overdue);
            }

            TakeBack(ask, KeyDenialReason.StoreUnavailable);
            Pump(ask.Queue, now);
        }
    }

    private static void Land(AskInFlight ask)
    {
        ask.IsDone = true;
        ask.Queue.AskCount -= ask.IsOverdue ? 0 : 1;
        ask.Queue.SparesAsked -= ask.Spares;
    }
}
