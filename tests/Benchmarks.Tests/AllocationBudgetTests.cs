using System.Text.Json;

namespace GeminiBalance.Benchmarks.Tests;

public sealed class AllocationBudgetTests
{
    private static readonly Dictionary<string, long> Budgets =
        JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "AllocationBudgets.json")))!;

    public static TheoryData<string> Operations => [.. HotOperations.All.Select(operation => operation.Name)];

    [Fact]
    public void Budgets_AndOperations_AreTheSame()
    {
        Assert.Equal(HotOperations.All.Select(operation => operation.Name).Order(), Budgets.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_Warm_StaysWithinItsBudget(string name)
    {
        var bytes = AllocationMeter.BytesPerRun(HotOperations.All.Single(operation => operation.Name == name).Prepare());

        Assert.True(bytes <= Budgets[name], $"{name} allocates {bytes} bytes, {Budgets[name]} are allowed. Make it leaner, or raise its line in tests/Benchmarks/AllocationBudgets.json and say why.");
    }
}
