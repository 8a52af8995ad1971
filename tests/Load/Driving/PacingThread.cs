namespace GeminiBalance.Load.Driving;

/// <summary>A thread that may block, for <see cref="Pacer"/>.</summary>
internal static class PacingThread
{
    /// <summary>Ends when the body has run, and fails as it did.</summary>
    public static Task RunAsync(Action body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                body();
                done.SetResult();
            }
#pragma warning disable CA1031 // Handed to whoever awaits the thread's end
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        })
        { IsBackground = true, Name = "pacing" };
        thread.Start();
        return done.Task;
    }
}
