namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>What is on its way to ledgers, as far as somebody waits for its arrival.</summary>
internal sealed class Delivery
{
    private readonly Lock gate = new();
    private readonly List<Task> sent = [];

    public void Add(Task sending)
    {
        lock (gate)
        {
            sent.Add(sending);
        }
    }

    /// <summary>Waits until all of it has arrived, or cannot. Never throws.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (gate)
        {
            all = Task.WhenAll(sent);
        }

        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
