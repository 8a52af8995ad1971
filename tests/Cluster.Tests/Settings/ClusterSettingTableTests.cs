using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.TestKit;

namespace GeminiBalance.Cluster.Tests.Settings;

public sealed class ClusterSettingTableTests
{
    public static TheoryData<string> Names => [.. ClusterSettingTable.Catalog.Definitions.Select(definition => definition.Name)];

    [Fact]
    public void Table_SetsEveryPropertyButThoseLeftOut()
    {
        var left = SettingTable.All.Where(line => ClusterSettingTable.Left.Contains(line.Name)).Select(line => line.Property);

        Assert.Equal(
            typeof(ClusterSettings).GetProperties().Select(property => property.Name).Where(name => name != "EqualityContract").Except(left).Order(),
            ClusterSettingTable.Catalog.Definitions.Select(definition => definition.Property).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_DefaultText_MeansTheDefault(string name)
    {
        var definition = ClusterSettingTable.Catalog.Definitions.Single(definition => definition.Name == name);
        var applied = definition.Default.Length == 0 ? new ClusterSettings() : definition.Apply(new ClusterSettings(), definition.Default).Value;

        Assert.Equivalent(new ClusterSettings(), applied, strict: true);
    }

    [Fact]
    public void Table_LeavesOutWhatThereIs() => Assert.Empty(ClusterSettingTable.Left.Except(SettingTable.All.Select(line => line.Name)));

    [Fact]
    public void Table_AndForeignNames_DoNotOverlap() => Assert.Empty(
        ClusterSettingTable.Catalog.Definitions.Select(definition => definition.Name).Intersect(ClusterSettingTable.Catalog.Foreign));

    [Fact]
    public void Page_InTheRepository_IsTheGeneratedOne()
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs", "settings-cluster.md");

        Assert.True(
            File.ReadAllText(path) == ClusterSettingsPage.ToMarkdown(),
            "docs/settings-cluster.md is out of step. Write it anew: dotnet run --project gateway.cluster -- settings --markdown > docs/settings-cluster.md");
    }

    [Fact]
    public void Read_WithoutTheRequired_NamesThem()
    {
        var reading = Read(("MYSQL_HOST", "db"));

        Assert.Equal(["AUTH_TOKEN", "ENCRYPTION_KEY"], reading.Errors.Select(error => error.Split(' ')[0]));
    }

    [Theory]
    [InlineData("MYSQL_CONNECTION", "Server=db;Password=s3cr3t")]
    [InlineData("MYSQL_CONNECTION", "Server=db;Nonsense=s3cr3t")]
    [InlineData("MYSQL_PORT", "0")]
    [InlineData("CLUSTER_ID", "two words")]
    public void Read_WrongValue_IsAnErrorWithoutASecret(string name, string text)
    {
        var reading = Read(("AUTH_TOKEN", "admin"), ("ENCRYPTION_KEY", "correct horse battery staple"), (name, text));

        var error = Assert.Single(reading.Errors);
        Assert.StartsWith(name, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error, StringComparison.Ordinal);
    }

    [Fact]
    public void DatabaseAddress_InParts_IsTheSameAsWhole()
    {
        var parts = (ClusterSettings)Read(("MYSQL_HOST", "db"), ("MYSQL_USER", "me"), ("MYSQL_PASSWORD", "s3cr3t"), ("MYSQL_DATABASE", "keys")).Settings;
        var whole = (ClusterSettings)Read(("MYSQL_CONNECTION", "Server=db;Port=3306;User ID=me;Password=s3cr3t;Database=keys")).Settings;

        Assert.Equal("me@db:3306/keys", parts.DatabaseAddress().ToString());
        Assert.Equal(whole.DatabaseAddress().RevealForOrleans(), parts.DatabaseAddress().RevealForOrleans());
        Assert.DoesNotContain("s3cr3t", parts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DatabaseAddress_Missing_SaysWhatToSet() =>
        Assert.Contains("MYSQL_USER is not set", Assert.Throws<StartException>(() => ((ClusterSettings)Read(("MYSQL_HOST", "db")).Settings).DatabaseAddress()).Message, StringComparison.Ordinal);

    private static SettingsReading Read(params (string Name, string Text)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Text))).Build(),
        ClusterSettingTable.Catalog);
}
