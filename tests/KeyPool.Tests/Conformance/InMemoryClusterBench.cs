using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>A gateway's pool over ledgers in memory, which answer in place or after a time.</summary>
internal sealed class InMemoryClusterBench(PoolSetup setup, ManualTimeProvider time, InMemoryLedgers ledgers) : ClusterBench(setup, time, ledgers)
{
    // A test makes less than a hundred asks between two looks at the clock.
    public override TimeSpan Slack => 100 * ledgers.Delay;

    public static Task<PoolBench> StartAsync(PoolSetup setup, TimeSpan delay)
    {
        var time = new ManualTimeProvider();
        return Task.FromResult<PoolBench>(new InMemoryClusterBench(setup, time, new InMemoryLedgers(time) { Delay = delay }));
    }

    protected override Task DisableLedgerAsync(KeyId key)
    {
        ledgers.Disable(key);
        return Task.CompletedTask;
    }

    protected override Task EnableLedgerAsync(KeyId key)
    {
        ledgers.Enable(key);
        return Task.CompletedTask;
    }

    protected override Task MoveLedgerAsync(KeyId key, LedgerMove move)
    {
        ledgers.Move(key, move);
        return Task.CompletedTask;
    }

    protected override Task<KeyLedgerSnapshot> ReadLedgerAsync(KeyId key) => Task.FromResult(ledgers.Read(key));

    protected override Task IdleAsync()
    {
        while (!WhenIdleAsync().IsCompleted)
        {
            Time.AdvanceTo(Time.NextDue!.Value);
        }

        return Task.CompletedTask;
    }
}
