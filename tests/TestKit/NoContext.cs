namespace GeminiBalance.TestKit;

/// <summary>Runs as a timer or a socket would: nothing that is awaited hops to the context of the test that set it off.</summary>
public static class NoContext
{
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
