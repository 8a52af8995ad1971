using GeminiBalance.Gateway.Settings;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingTableTests
{
    public static TheoryData<string> Names => [.. SettingTable.All.Select(definition => definition.Name)];

    [Fact]
    public void Table_SetsEveryPropertyAndOnlyThose() => Assert.Equal(
        typeof(GatewaySettings).GetProperties().Select(property => property.Name).Order(),
        SettingTable.All.Select(definition => definition.Property).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_DefaultText_MeansTheDefault(string name)
    {
        var definition = SettingTable.All.Single(definition => definition.Name == name);
        var applied = definition.Default.Length == 0 ? new GatewaySettings() : definition.Apply(new GatewaySettings(), definition.Default).Value;

        Assert.Equivalent(new GatewaySettings(), applied, strict: true);
    }

    [Fact]
    public void Table_AndForeignNames_DoNotOverlap() => Assert.Empty(SettingTable.All.Select(definition => definition.Name).Intersect(ForeignSettings.Names));

    [Fact]
    public void SettingsPage_InTheRepository_IsTheGeneratedOne()
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs", "settings.md");

        Assert.True(
            File.ReadAllText(path) == SettingsPage.ToMarkdown(),
            "docs/settings.md is out of step. Write it anew: dotnet run --project gateway -- settings --markdown > docs/settings.md");
    }
}
