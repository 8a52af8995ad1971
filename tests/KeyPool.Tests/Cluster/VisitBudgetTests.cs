namespace GeminiBalance.KeyPool.Tests.Cluster;

public sealed class VisitBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Spend_ComesBackWithGrantsAndWithTime()
    {
        var budget = new VisitBudget(perGrant: 0.5, perSecond: 2, most: 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(budget.HasOne(Start));
            budget.Spend(Start);
        }

        Assert.False(budget.HasOne(Start));
        Assert.Equal(Start + TimeSpan.FromSeconds(0.5), budget.NextAt(Start) - TimeSpan.FromTicks(1));
        budget.Granted(2, Start);
        Assert.True(budget.HasOne(Start));
        budget.Spend(Start);
        Assert.False(budget.HasOne(Start + TimeSpan.FromSeconds(0.49)));
        Assert.True(budget.HasOne(Start + TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public void GiveBack_AnAskThatBroughtSomething_IsFree()
    {
        var budget = new VisitBudget(0, 0.001, most: 1);
        for (var i = 0; i < 10; i++)
        {
            budget.Spend(Start);
            budget.GiveBack(Start);
        }

        Assert.True(budget.HasOne(Start));
    }

    [Fact]
    public void Granted_SavesUpToTheMost()
    {
        var budget = new VisitBudget(1, 0.001, most: 2);
        budget.Granted(100, Start);
        budget.Spend(Start);
        budget.Spend(Start);
        Assert.False(budget.HasOne(Start));
    }

    [Fact]
    public void NextAt_IsAMomentAtWhichThereIsOne()
    {
        for (var n = 1; n < 2_000; n++)
        {
            var budget = new VisitBudget(perGrant: 0.4 / n, perSecond: 1 + (n / 7.0), most: 1);
            budget.Spend(Start);
            budget.Granted(1, Start);
            var later = Start + TimeSpan.FromTicks(n * 37);
            Assert.True(budget.HasOne(budget.NextAt(later)));
        }
    }
}
