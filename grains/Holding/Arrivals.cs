namespace GeminiBalance.Grains.Holding;

/// <summary>Keys that are coming to life: a silo that leaves waits for them, since each may have a claim by now that is to be given back.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource? none;

    public void Begin()
    {
        lock (gate)
        {
            count++;
        }
    }

    public void End()
    {
        TaskCompletionSource? over = null;
        lock (gate)
        {
            if (--count == 0)
            {
                (over, none) = (none, null);
            }
        }

        over?.SetResult();
    }

    /// <summary>Ends when none is under way.</summary>
    public Task WhenNoneAsync()
    {
        lock (gate)
        {
            return count == 0 ? Task.CompletedTask : (none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
