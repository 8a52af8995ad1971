using GeminiBalance.Gateway.Planning;

namespace GeminiBalance.Gateway.Tests.Planning;

public sealed class CapacityPlanTests
{
    [Fact]
    public void Total_IsTheSumOfTheKeysLimits()
    {
        var plan = new CapacityPlan(new PlanInput { Keys = 1_000, RequestsPerMinute = 5 });
        Assert.Equal(5_000, plan.TotalPerMinute);
        Assert.Equal(5_000, plan.BurstConcurrency);
        Assert.Equal(83, plan.SustainedPerSecond, 0.1);
        Assert.Null(plan.HoursAtFullRate);
    }

    [Theory]
    [InlineData(60, 1, 4_979)]
    [InlineData(180, 1, 14_938)]
    [InlineData(180, 3, 4_979)]
    public void SustainedConcurrency_IsTheRateTimesTheDuration(double seconds, double calls, double tasks)
    {
        var plan = new CapacityPlan(new PlanInput { TaskSeconds = seconds, CallsPerTask = calls });
        Assert.Equal(tasks, plan.SustainedConcurrency, 1.0);
    }

    [Fact]
    public void Sustained_DaysAllowLessThanMinutes_FollowsTheDays()
    {
        var plan = new CapacityPlan(new PlanInput { Keys = 864, RequestsPerMinute = 5, RequestsPerDay = 600 });
        Assert.Equal(6, plan.SustainedPerSecond, 0.001);
        Assert.Equal(2, plan.HoursAtFullRate);
    }

    [Fact]
    public void Messages_WhenSaturated_FollowTheCapacityNotTheDemand()
    {
        var plan = new CapacityPlan(new PlanInput { Load = 3 });
        Assert.Equal(plan.SustainedPerSecond * PlanCosts.MessagesPerCallSaturated, plan.MessagesPerSecond);
        Assert.Equal(plan.SustainedPerSecond, plan.LedgerRowsPerSecond);
    }

    [Fact]
    public void LedgerRows_OfFastKeys_AreBoundedByTheWrites()
    {
        var plan = new CapacityPlan(new PlanInput { Keys = 10, RequestsPerMinute = 6_000 });
        Assert.Equal(20, plan.LedgerRowsPerSecond);
    }

    [Theory]
    [InlineData("--keys", "0")]
    [InlineData("--rpd", "-1")]
    [InlineData("--silos", "none")]
    public void Run_WrongNumber_Fails(string option, string value) => Assert.NotEqual(0, PlanCommand.Run([option, value]));

    [Fact]
    public void Describe_NamesTheSum() =>
        Assert.Contains("1,000 x 5 = 5,000 per minute", PlanCommand.Describe(new CapacityPlan(new PlanInput())), StringComparison.Ordinal);
}
