using GeminiBalance.KeyPool.Tests.Local;

namespace GeminiBalance.KeyPool.Tests.Holding;

public sealed class HolderClockTests
{
    private readonly SettableClock time = new();
    private readonly HolderPulse pulse;
    private readonly HolderClock clock;

    public HolderClockTests()
    {
        pulse = new HolderPulse(HolderPulseOptions.Default, time.GetUtcNow());
        clock = new HolderClock(time, pulse);
        pulse.Answered(time.GetUtcNow(), time.GetUtcNow());
    }

    [Fact]
    public void Read_TimePassed_IsNoShift()
    {
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(new HolderTime(time.GetUtcNow(), TimeSpan.Zero), clock.Read());
        Assert.True(pulse.MayGrant(time.GetUtcNow()));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void Read_ClockSet_ShiftsAndTellsThePulse(double seconds)
    {
        time.Set(TimeSpan.FromSeconds(seconds));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new HolderTime(time.GetUtcNow(), TimeSpan.FromSeconds(seconds)), clock.Read());
        Assert.False(pulse.MayGrant(time.GetUtcNow()));
    }

    [Fact]
    public void Read_ClockSetTwice_AddsUp()
    {
        time.Set(TimeSpan.FromMinutes(5));
        clock.Read();
        time.Set(TimeSpan.FromMinutes(-7));

        Assert.Equal(TimeSpan.FromMinutes(-2), clock.Read().Shift);
        Assert.Equal(TimeSpan.FromMinutes(-2), clock.Read().Shift);
    }
}
