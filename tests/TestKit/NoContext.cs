namespace GeminiBalance.TestKit;

/// <summary>Runs as a timer or a socket would: nothing that is awaited hops to the context of the test that set it off.</summary>
public static class NoContext
{
    /// <summary>Leaves xunit's context for the rest of a test. There, code that awaits goes on in a thread of its own, in a race with the test.</summary>
    public static void Enter()
    {
        if (SynchronizationContext.Current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    public static void Run(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
