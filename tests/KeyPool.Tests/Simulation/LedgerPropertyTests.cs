namespace GeminiBalance.KeyPool.Tests.Simulation;

public sealed class LedgerPropertyTests
{
    [Fact]
    public void Ledger_AnyCourse_NeverOverAndExactlyTheModel()
    {
        var granted = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var run = new LedgerRun(seed, crashes: false);
            run.Run(steps: 400);
            granted += run.Granted;
        }

        Assert.InRange(granted, 20_000, 240_000); // The runs are not idle.
    }

    [Fact]
    public void Ledger_KilledAndRestartedAtAnyPoint_NeverOver()
    {
        var granted = 0;
        for (var seed = 10_000; seed < 10_800; seed++)
        {
            var run = new LedgerRun(seed, crashes: true);
            run.Run(steps: 400);
            granted += run.Granted;
        }

        Assert.InRange(granted, 10_000, 240_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ledger_OtherModelsNeedItsPlace_NeverOver(bool crashes)
    {
        var (granted, forgotten) = (0, 0);
        for (var seed = 20_000; seed < 20_800; seed++)
        {
            var run = new LedgerRun(seed, crashes, isCrowded: true);
            run.Run(steps: 600);
            (granted, forgotten) = (granted + run.Granted, forgotten + run.Forgotten);
        }

        Assert.InRange(granted, 10_000, 240_000);
        Assert.InRange(forgotten, 1000, 240_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(4000)]
    public void Ledger_AskedWithoutPause_UsesNinetyNinePercent(int rpm)
    {
        var ledger = new KeyLedger(new KeyId("0123456789abcdef"), KeyLedgerOptions.Default);
        var limits = new KeyLimits(rpm, 0, 0);
        var book = new UpstreamBook(KeyLedgerOptions.Default.Guard, KeyLedgerOptions.Default.DayGuard);
        var start = new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
        var now = start;
        var end = start + TimeSpan.FromMinutes(20);

        // Spread the first minute's calls, so that quanta are many and rounding is felt.
        var pace = TimeSpan.FromSeconds(59.9) / rpm;
        while (now < end)
        {
            var decision = ledger.TryGrant("m", limits, 0, now);
            if (decision.IsGranted)
            {
                book.Add(now, 0);
                now += now - start < TimeSpan.FromSeconds(60) ? pace : TimeSpan.Zero;
            }
            else
            {
                now = decision.At;
            }
        }

        Assert.Null(book.FindViolation(limits));
        Assert.InRange(book.Count / (20.0 * rpm), 0.99, 1.05);
    }

    [Fact]
    public void Window_ThousandPerMinute_StaysSmall()
    {
        var window = default(MinuteWindow);
        var limits = new KeyLimits(1000, 0, 0);
        for (var i = 0; i < 60_000; i++)
        {
            var now = TimeSpan.TicksPerDay + (i * 60 * TimeSpan.TicksPerMillisecond);
            window.Expire(now, TimeSpan.FromSeconds(60.25).Ticks);
            window.Add(now, limits, 1);
        }

        Assert.Equal(1024, window.Capacity);
    }
}
