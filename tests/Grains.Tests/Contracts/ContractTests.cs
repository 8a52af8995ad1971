using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Contracts;

/// <summary>
/// The contract is frozen in <c>contracts.txt</c>: gateways and silos of two releases run side by side during an upgrade. Adding is safe (a field with
/// a new number, a method, a type); changing or removing is not. A deliberate change is written with <c>WRITE_CONTRACTS=1</c>.
/// </summary>
public sealed class ContractTests
{
    private static readonly string Frozen = Path.Combine(RepositoryRoot.Path, "tests", "Grains.Tests", "contracts.txt");

    [Fact]
    public async Task Contract_IsTheFrozenOne()
    {
        var now = ContractText.Write();
        if (Environment.GetEnvironmentVariable("WRITE_CONTRACTS") == "1")
        {
            await File.WriteAllTextAsync(Frozen, now);
        }

        Assert.Equal(await File.ReadAllTextAsync(Frozen), now);
    }

    [Fact]
    public void Everything_HasANameOfItsOwn()
    {
        var named = ContractText.Interfaces.Concat(ContractText.Messages).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, type => Assert.StartsWith("gb.", ContractText.Alias(type) ?? $"{type} has no alias", StringComparison.Ordinal));
        Assert.Equal(named.Count, named.Select(ContractText.Alias).Distinct().Count());
        Assert.All(ContractText.Interfaces.SelectMany(type => type.GetMethods()), method => Assert.True(ContractText.Alias(method) is not null, $"{method} has no alias"));
    }

    [Fact]
    public void EveryField_HasANumber() => Assert.All(
        ContractText.Messages.SelectMany(ContractText.Members), member => Assert.True(ContractText.Id(member) is not null, $"{member.DeclaringType}.{member.Name} has no id"));
}
