namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Gateways that share keys: never over, nearly all used, and few messages for it.</summary>
public sealed class SharedUseTests
{
    [Theory]
    [InlineData(1_000, 5, 3, 1.2, 0.99, 2.0)]
    [InlineData(1_000, 5, 3, 0.9, 0.89, 1.2)]
    [InlineData(4, 1_000, 2, 1.2, 0.99, 1.0)]
    [InlineData(30, 60, 5, 1.2, 0.99, 2.0)]
    public void Acquire_Gateways_UseWhatTheyMayWithFewMessages(int keys, int rpm, int gateways, double demand, double useMin, double messagesMax)
    {
        var run = new SharedUseRun(keys, rpm, gateways, demand);
        run.Run(TimeSpan.FromMinutes(5));
        Assert.Null(run.FindViolation());
        Assert.True(run.Use >= useMin, $"{run.Use:P2} of the tokens were used.");
        Assert.True(run.MessagesPerCall <= messagesMax, $"{run.MessagesPerCall:F2} messages for a call.");
        Assert.True(demand > 1 || run.Denied == 0, $"{run.Denied} calls were denied.");
    }
}
