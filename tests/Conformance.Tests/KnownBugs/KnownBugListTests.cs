using System.Globalization;
using System.Reflection;
using GeminiBalance.Protocol.Tests.KnownBugs;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>The list and the tests are in step, wherever a test stands.</summary>
public sealed class KnownBugListTests
{
    private const int Bugs = 64;

    private static readonly IReadOnlyList<string> Tests =
    [
        .. from assembly in (Assembly[])[typeof(KnownBugListTests).Assembly, typeof(FinishBugTests).Assembly]
           from type in assembly.GetTypes()
           where type is { IsPublic: true, IsAbstract: false }
           from method in type.GetMethods()
           where method.GetCustomAttribute<FactAttribute>() is { Skip: null } && method.Name.StartsWith("Bug", StringComparison.Ordinal)
           select method.Name,
    ];

    [Fact]
    public void List_HoldsEveryNumberOnce() => Assert.Equal(Enumerable.Range(1, Bugs), KnownBugs.All.Select(bug => bug.Number));

    [Fact]
    public void EveryBug_HasTestsThatExist() => Assert.All(KnownBugs.All, bug =>
    {
        Assert.NotEmpty(bug.Tests);
        Assert.All(bug.Tests, test => Assert.Contains(test, Tests));
        Assert.All(bug.Tests, test => Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Bug{bug.Number:00}_"), test, StringComparison.Ordinal));
    });

    [Fact]
    public void Tests_AreAllListed() => Assert.Equal(Tests.Distinct().Order(StringComparer.Ordinal), KnownBugs.All.SelectMany(bug => bug.Tests).Order(StringComparer.Ordinal));
}
