namespace GeminiBalance.KeyPool;

/// <summary>
/// The clock of a process that holds ledgers: the wall clock, watched by the steady one. Whoever reads a time after a step finds the pulse told already.
/// </summary>
public sealed class HolderClock(TimeProvider time, HolderPulse pulse)
{
    private readonly Lock gate = new();
    private readonly PoolClock clock = new(time);
    private TimeSpan shift;

    public HolderTime Read()
    {
        lock (gate)
        {
            var now = clock.Read(out var step);
            if (step != TimeSpan.Zero)
            {
                shift += step;
                pulse.ClockWasSet(now);
            }

            return new HolderTime(now, shift);
        }
    }
}
