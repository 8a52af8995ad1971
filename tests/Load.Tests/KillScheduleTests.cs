using GeminiBalance.Load.Proofs;

namespace GeminiBalance.Load.Tests;

public sealed class KillScheduleTests
{
    [Fact]
    public void At_NineKills_AreASiloAGatewayAndBothOverAndOver()
    {
        (int?, int?)[] expected = [(0, null), (null, 0), (1, 1), (2, null), (null, 0), (0, 1), (1, null), (null, 0), (2, 1)];

        Assert.Equal(expected, Enumerable.Range(0, 9).Select(number => KillSchedule.At(number, silos: 3, gateways: 2)));
    }
}
