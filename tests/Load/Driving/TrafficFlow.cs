using System.Collections.Concurrent;

namespace GeminiBalance.Load.Driving;

/// <summary>One constant stream of requests to the gateways, and its answers.</summary>
internal sealed class TrafficFlow : IAsyncDisposable
{
    private readonly FailoverLoop loop;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Answer> answers = new();
    private readonly Task running;

    /// <summary>Starts sending at once.</summary>
    /// <param name="name">For people.</param>
    /// <param name="isSaturating">Whether it asks for more than there is, so that true refusals are to be expected.</param>
    /// <param name="loop">What sends.</param>
    /// <param name="cancellationToken">Gives up the answers still due.</param>
    public TrafficFlow(string name, bool isSaturating, FailoverLoop loop, CancellationToken cancellationToken)
    {
        (Name, IsSaturating, this.loop) = (name, isSaturating, loop);
        running = loop.RunAsync(answers.Enqueue, stop.Token, cancellationToken);
    }

    public string Name { get; }

    public bool IsSaturating { get; }

    /// <summary>Those so far.</summary>
    public IReadOnlyCollection<Answer> Answers => answers;

    /// <summary>Stops sending and waits for the answers still due.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        loop.Dispose();
    }
}
