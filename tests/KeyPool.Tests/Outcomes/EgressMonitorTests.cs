using System.Globalization;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

public sealed class EgressMonitorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private readonly EgressMonitor monitor = new();

    [Fact]
    public void Observe_FourLittleUsedKeys_IsNotLimited()
    {
        Assert.All(Enumerable.Range(0, 4), key => Assert.False(monitor.Observe(Key(key), littleUsed: true, Start)));
        Assert.False(monitor.IsLimited(Start));
    }

    [Fact]
    public void Observe_FifthLittleUsedKey_IsLimited()
    {
        Refuse(0, 4);

        Assert.True(monitor.Observe(Key(4), littleUsed: true, Start));
        Assert.True(monitor.IsLimited(Start));
    }

    [Fact]
    public void Observe_OneKeyFiveTimes_CountsOnce()
    {
        Assert.All(Enumerable.Range(0, 5), _ => Assert.False(monitor.Observe(Key(0), littleUsed: true, Start)));
    }

    [Fact]
    public void Observe_MuchUsedKeys_NeverBlameTheEgress()
    {
        Assert.All(Enumerable.Range(0, 20), key => Assert.False(monitor.Observe(Key(key), littleUsed: false, Start)));
    }

    [Fact]
    public void Observe_MuchUsedKeyWhileLimited_IsStillTheKeysOwnFault()
    {
        Refuse(0, 6);

        Assert.False(monitor.Observe(Key(6), littleUsed: false, Start));
        Assert.True(monitor.IsLimited(Start));
    }

    [Fact]
    public void IsLimited_ExactlyHalfOfTheKeysRefused_IsLimited()
    {
        Serve(100, 5);
        Refuse(0, 5);
        Assert.True(monitor.IsLimited(Start));

        Serve(105, 1);
        Assert.False(monitor.IsLimited(Start));
    }

    [Fact]
    public void ObserveOther_RefusedKeyServedAgain_NoLongerCountsAsRefused()
    {
        Refuse(0, 5);
        monitor.ObserveOther(Key(0), Start);

        Assert.False(monitor.IsLimited(Start));
    }

    [Fact]
    public void IsLimited_AtTheEndOfTheWindow_HasForgotten()
    {
        Refuse(0, 5);

        Assert.True(monitor.IsLimited(Start + EgressMonitor.Window - TimeSpan.FromTicks(1)));
        Assert.False(monitor.IsLimited(Start + EgressMonitor.Window));
    }

    [Fact]
    public void IsLimited_ServedKeysFallOutOfTheWindow_RatioIsTakenOfTheRest()
    {
        Serve(100, 6);
        foreach (var key in Enumerable.Range(0, 5))
        {
            monitor.Observe(Key(key), littleUsed: true, Start + TimeSpan.FromSeconds(1));
        }

        Assert.False(monitor.IsLimited(Start + EgressMonitor.Window - TimeSpan.FromTicks(1)));
        Assert.True(monitor.IsLimited(Start + EgressMonitor.Window));
    }

    [Fact]
    public void Observe_MoreKeysThanRemembered_ForgetsTheOldest()
    {
        Serve(0, EgressMonitor.KeysMax);
        Refuse(EgressMonitor.KeysMax, EgressMonitor.KeysMax / 2);

        Assert.True(monitor.IsLimited(Start));
    }

    [Fact]
    public void Observe_ClockSetBack_CountsAsNow()
    {
        Serve(0, 1);
        foreach (var key in Enumerable.Range(0, 5))
        {
            monitor.Observe(Key(key), littleUsed: true, Start - TimeSpan.FromHours(1));
        }

        Assert.True(monitor.IsLimited(Start + EgressMonitor.Window - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void IsLimited_AgainstACountFromScratch_Agrees()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            Compare(seed);
        }
    }

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var compared = new EgressMonitor();
        var last = new Dictionary<int, (bool Refused, DateTimeOffset At)>();
        var now = Start;
        for (var step = 0; step < 200; step++)
        {
            // A good part of the moves lands a tick before, on or after the end of some sighting.
            now += random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(1500)) : TimeSpan.Zero;
            if (last.Count > 0 && random.Next(4) == 0)
            {
                var end = last.Values.ElementAt(random.Next(last.Count)).At + EgressMonitor.Window + TimeSpan.FromTicks(random.Next(-1, 2));
                now = end > now ? end : now;
            }

            var (key, isRefused) = (random.Next(14), random.Next(3) > 0);
            if (isRefused || random.Next(2) == 0)
            {
                compared.Observe(Key(key), isRefused, now);
            }
            else
            {
                compared.ObserveOther(Key(key), now);
            }

            last[key] = (isRefused, now);
            var fresh = last.Values.Where(sighting => sighting.At > now - EgressMonitor.Window).ToArray();
            var refused = fresh.Count(sighting => sighting.Refused);
            Assert.True(compared.IsLimited(now) == (refused >= 5 && refused * 2 >= fresh.Length), $"seed {seed}, step {step}");
        }
    }

    private static KeyId Key(int number) => new(number.ToString("x16", CultureInfo.InvariantCulture));

    private void Refuse(int first, int count)
    {
        foreach (var key in Enumerable.Range(first, count))
        {
            monitor.Observe(Key(key), littleUsed: true, Start);
        }
    }

    private void Serve(int first, int count)
    {
        foreach (var key in Enumerable.Range(first, count))
        {
            monitor.ObserveOther(Key(key), Start);
        }
    }
}
