namespace GeminiBalance.Gateway.Upstream;

/// <summary>Ends one attempt when the client leaves, the lease runs out unsent, or the upstream is silent for too long. It knows which.</summary>
internal sealed class AttemptTimer : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration link;
    private readonly CancellationToken client;
    private readonly TimeSpan idleLimit;

    /// <param name="untilSent">The time left for handing the call to the network.</param>
    /// <param name="idleLimit">The longest silence of the upstream.</param>
    /// <param name="time">The clock.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public AttemptTimer(TimeSpan untilSent, TimeSpan idleLimit, TimeProvider time, CancellationToken client)
    {
        this.client = client;
        this.idleLimit = idleLimit;
        var first = untilSent < idleLimit ? untilSent : idleLimit;
        source = new CancellationTokenSource(first > TimeSpan.Zero ? first : TimeSpan.Zero, time);
        link = client.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
    }

    public CancellationToken Token => source.Token;

    public bool ClientLeft => client.IsCancellationRequested;

    /// <summary>The upstream has shown life, or is about to be given the call: its silence counts from now.</summary>
    public void Restart() => source.CancelAfter(idleLimit);

    /// <summary>The same with another limit of silence.</summary>
    public void Restart(TimeSpan limit) => source.CancelAfter(limit);

    /// <summary>The gateway is busy with what came: until <see cref="Restart()"/>, silence is not the upstream's.</summary>
    public void Pause() => source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        link.Dispose();
        source.Dispose();
    }
}
