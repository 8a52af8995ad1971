using System.Net;
using GeminiBalance.Silo.Settings;

namespace GeminiBalance.Silo.Tests.Settings;

public sealed class SiloSettingsReaderTests
{
    private const string Connection = "Server=db;Database=pool;User ID=ann;Password=hush-hush";
    private static readonly IPAddress Machine = IPAddress.Parse("10.1.2.3");

    [Fact]
    public void ADatabaseAlone_IsEnough()
    {
        var (settings, errors) = Read(("MYSQL_CONNECTION", Connection));

        Assert.Empty(errors);
        Assert.Equal("ann@db:3306/pool", settings.Database.ToString());
        Assert.Equal(("gemini-balance", IPAddress.Loopback, 11111, 30000), (settings.ClusterId, settings.Address, settings.SiloPort, settings.GatewayPort));
        Assert.Equal(("localhost", 8090, true, 3), (settings.Host, settings.Port, settings.GrantWithoutDatabase, settings.MaxFailures));
    }

    [Fact]
    public void SettingsOfGeminiBalance_NameTheDatabaseToo()
    {
        var (settings, errors) = Read(("MYSQL_HOST", "db"), ("MYSQL_PORT", "3307"), ("MYSQL_USER", "ann"), ("MYSQL_PASSWORD", "hush"), ("MYSQL_DATABASE", "pool"));

        Assert.Empty(errors);
        Assert.Equal("ann@db:3307/pool", settings.Database.ToString());
    }

    [Fact]
    public void AllErrors_AreNamedAtOnce()
    {
        var (_, errors) = Read(
            ("SILO_PORT", "0"), ("SILO_GATEWAY_PORT", "port"), ("SILO_ADDRESS", "0.0.0.0"), ("HOST", "example.org"), ("GRANT_WITHOUT_DATABASE", "maybe"),
            ("MAX_FAILURES", "0"), ("LOG_LEVEL", "loud"), ("CLUSTER_ID", "two words"));

        Assert.Equal(
            ["CLUSTER_ID", "SILO_ADDRESS", "SILO_PORT", "SILO_GATEWAY_PORT", "HOST", "GRANT_WITHOUT_DATABASE", "MAX_FAILURES", "LOG_LEVEL", "MYSQL_HOST"],
            errors.Select(error => error.Split(' ')[0]));
        Assert.Equal("SILO_PORT = '0': must be a whole number from 1 to 65535.", errors[2]);
        Assert.Contains("MYSQL_CONNECTION", errors[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server=db;Database=pool;User ID=ann;Password=hush-hush;Pool Size=hush-hush")]
    [InlineData("hush-hush")]
    [InlineData("Server=db;Password=hush-hush")]
    public void AWrongConnection_IsNotShown(string connection)
    {
        var (_, errors) = Read(("MYSQL_CONNECTION", connection));

        var error = Assert.Single(errors);
        Assert.StartsWith("MYSQL_CONNECTION", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ADatabasesPassword_IsNotPrinted()
    {
        var (settings, _) = Read(("MYSQL_CONNECTION", Connection));

        Assert.DoesNotContain("hush-hush", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.9.8.7", "10.9.8.7")]
    [InlineData("auto", "10.1.2.3")]
    [InlineData("silo-1", "10.1.2.3")]
    public void AnAddress_MayBeAName(string text, string address)
    {
        var (settings, errors) = Read(("MYSQL_CONNECTION", Connection), ("SILO_ADDRESS", text));

        Assert.Empty(errors);
        Assert.Equal(IPAddress.Parse(address), settings.Address);
    }

    [Fact]
    public void ANameWithoutAnAddress_IsAnError()
    {
        var (_, errors) = Read(("MYSQL_CONNECTION", Connection), ("SILO_ADDRESS", "nowhere"));

        Assert.Equal("SILO_ADDRESS = 'nowhere': this name has no address here that other machines could use. Write the IP address.", Assert.Single(errors));
    }

    [Fact]
    public void OnePortForTwo_IsAnError()
    {
        var (_, errors) = Read(("MYSQL_CONNECTION", Connection), ("SILO_PORT", "8090"));

        Assert.Equal("SILO_PORT, PORT = '8090': each needs a port of its own.", Assert.Single(errors));
    }

    [Fact]
    public void EmptyValues_AreNone()
    {
        var (settings, errors) = Read(("MYSQL_CONNECTION", $"'{Connection}'"), ("MYSQL_HOST", ""), ("SILO_PORT", ""), ("SILO_ADDRESS", " "));

        Assert.Empty(errors);
        Assert.Equal((11111, IPAddress.Loopback), (settings.SiloPort, settings.Address));
    }

    private static (SiloSettings Settings, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] values) => SiloSettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build(),
        name => name == "nowhere" ? [] : [Machine]);
}
