namespace GeminiBalance.Gateway.Streaming;

/// <summary>Signs of life from the start of a call until its answer begins. They and the answer write to the client in turns, never at once.</summary>
/// <param name="beat">Writes one.</param>
/// <param name="interval">The time before the first and between them.</param>
/// <param name="time">The clock.</param>
internal sealed class EarlyBeats(Func<ValueTask> beat, TimeSpan interval, TimeProvider time)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task beating = Task.CompletedTask;

    /// <summary>Whether one may be written at any moment.</summary>
    public bool AreRunning { get; private set; }

    public void Begin()
    {
        AreRunning = true;
        beating = BeatAsync();
    }

    /// <summary>Returns when the last one is written, and none follows.</summary>
    public async ValueTask EndAsync()
    {
        AreRunning = false;
        ended.TrySetResult();
        await beating;
    }

    private async Task BeatAsync()
    {
        try
        {
            while (!await Heartbeat.EndsWithinAsync(ended.Task, interval, time))
            {
                await beat();
            }
        }
        catch (OperationCanceledException)
        {
            // The client has left, which the call finds by itself.
        }
    }
}
