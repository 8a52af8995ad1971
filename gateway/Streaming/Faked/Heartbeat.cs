using GeminiBalance.Gateway.Forwarding;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Shows a waiting client at intervals that somebody works for it.</summary>
internal static class Heartbeat
{
    /// <summary>Waits for a call, with a beat after each interval. A call that ends sooner has none.</summary>
    /// <param name="work">The call. It has ended when this ends, whatever happens to the beats.</param>
    /// <param name="interval">The time between beats.</param>
    /// <param name="beat">Writes one. It and the call write to the client in turns, never at once.</param>
    /// <param name="time">The clock.</param>
    public static async Task<CallResult> WhileAsync(Task<CallResult> work, TimeSpan interval, Func<ValueTask> beat, TimeProvider time)
    {
        try
        {
            while (!await EndsWithinAsync(work, interval, time))
            {
                await beat();
            }
        }
        finally
        {
            // The request's memory is the call's until then.
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await work;
    }

    /// <returns>False when the interval is over first.</returns>
    public static async ValueTask<bool> EndsWithinAsync(Task work, TimeSpan interval, TimeProvider time)
    {
        await work.WaitAsync(interval, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }
}
