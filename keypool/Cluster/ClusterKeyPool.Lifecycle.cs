namespace GeminiBalance.KeyPool;

/// <content>How the pool does, and its end.</content>
public sealed partial class ClusterKeyPool
{
    private long asks;
    private long grants;
    private long spareGrants;
    private long denials;
    private long writtenOff;
    private long failures;
    private long unused;
    private long settlementMessages;

    public ClusterPoolHealth Health
    {
        get
        {
            lock (gate)
            {
                return new ClusterPoolHealth(
                    roster.Count, ownCount, !IsResting(clock.Now), waiting.Count, grants, spareGrants, asks, denials, writtenOff, failures, unused, settlementMessages);
            }
        }
    }

    /// <summary>Calls that wait now, apart from those a ledger is being asked for.</summary>
    public int WaiterCount
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Grants no more, answers the calls that wait, and sends off what ledgers should still hear. Safe to call twice.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using (var section = new Section(this))
        {
            isOpen = false;
            GiveBackSpares(section.Now);
            PumpAll(section.Now);
        }

        try
        {
            // Calls that a ledger is being asked for get its answer; tokens that come too late for them go back.
            await WhenIdleAsync().WaitAsync(options.AskPatience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whoever does not answer by now is told nothing; the tokens stay spent.
        }
        finally
        {
            await wakeTimer.DisposeAsync().ConfigureAwait(false);
            using (new Section(this))
            {
                foreach (var key in roster.All)
                {
                    Post(key);
                }
            }
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);
}
