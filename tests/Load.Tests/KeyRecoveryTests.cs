using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class KeyRecoveryTests
{
    private static readonly TimeSpan KilledAt = TimeSpan.FromSeconds(100);

    [Fact]
    public void Of_AllBack_TellsTheLastAndTheShare()
    {
        var recovery = KeyRecovery.Of([At("a", 40), At("a", 105), At("b", 50), At("b", 170), At("b", 190), At("c", 60), At("c", 172)], KilledAt);

        Assert.Equal(new KeyRecovery(Keys: 3, Missing: 0, Late: 2, Last: TimeSpan.FromSeconds(72)), recovery);
    }

    [Fact]
    public void Of_NotYetBack_IsMissing()
    {
        var recovery = KeyRecovery.Of([At("a", 40), At("b", 50), At("b", 110)], KilledAt);

        Assert.Equal((2, 1), (recovery.Keys, recovery.Missing));
    }

    [Fact]
    public void Of_GrantedBeforeTheKill_ProvesNothing()
    {
        Assert.Equal(1, KeyRecovery.Of([At("a", 40), At("a", 100.5)], KilledAt).Missing);
    }

    [Fact]
    public void Of_RefusedOrNew_DoesNotCount()
    {
        var refused = At("a", 120) with { Status = 429 };

        Assert.Equal(new KeyRecovery(Keys: 1, Missing: 1, Late: 0, Last: TimeSpan.Zero), KeyRecovery.Of([At("a", 40), refused, At("new", 110)], KilledAt));
    }

    private static Answer At(string key, double seconds) =>
        new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), 200, RetryAfter: null) { KeyId = key };
}
