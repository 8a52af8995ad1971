namespace GeminiBalance.Storage.MySql.Tests;

public sealed class MySqlAddressTests
{
    private const string Password = "pa;ss=w'o\"rd";

    [Fact]
    public void SingleSettings_MakeAnAddress()
    {
        var address = Read(("MYSQL_HOST", "db"), ("MYSQL_PORT", "3307"), ("MYSQL_USER", "u"), ("MYSQL_PASSWORD", Password), ("MYSQL_DATABASE", "d"));

        Assert.Equal("u@db:3307/d", address.ToString());
        Assert.Equal(Password, new MySqlConnector.MySqlConnectionStringBuilder(address.RevealForOrleans()).Password);
    }

    [Fact]
    public void ConnectionString_WinsOverSingleSettings() => Assert.Equal(
        "v@other:3306/e", Read(("MYSQL_CONNECTION", "Server=other;User ID=v;Password=x;Database=e"), ("MYSQL_HOST", "db")).ToString());

    [Theory]
    [InlineData("MYSQL_HOST is not set. Set MYSQL_HOST, MYSQL_USER, MYSQL_PASSWORD and MYSQL_DATABASE, or MYSQL_CONNECTION.", "")]
    [InlineData("MYSQL_DATABASE is not set. Set MYSQL_HOST, MYSQL_USER, MYSQL_PASSWORD and MYSQL_DATABASE, or MYSQL_CONNECTION.", "MYSQL_HOST=h MYSQL_USER=u")]
    [InlineData("MYSQL_PORT must be a number from 1 to 65535.", "MYSQL_HOST=h MYSQL_USER=u MYSQL_DATABASE=d MYSQL_PORT=0")]
    [InlineData("MYSQL_CONNECTION must hold Server, User ID and Database.", "MYSQL_CONNECTION=Server=h;UserID=u")]
    public void WhatIsMissingOrWrong_IsNamed(string message, string settings)
    {
        var failure = Assert.Throws<MySqlStorageException>(() => Read([.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))]));

        Assert.Equal((MySqlFailure.Settings, message), (failure.Failure, failure.Message));
    }

    [Theory]
    [InlineData("Server=h;User ID=u;Password=abc;geheim=1;Database=d")]
    [InlineData("Server=h;User ID=u;Password=abc;geheim;Database=d")]
    [InlineData("Server=h;Port=geheim;User ID=u;Password=abc;Database=d")]
    public void UnreadableConnectionString_IsNotShown(string text)
    {
        var failure = Assert.Throws<MySqlStorageException>(() => MySqlAddress.Parse(text));

        Assert.StartsWith("MYSQL_CONNECTION cannot be read.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_GiveWayToTheConnectionString()
    {
        var own = MySqlAddress.Parse("Server=h;User ID=u;Database=d;max pool size=7;DefaultCommandTimeout=9;UseAffectedRows=true");
        var usual = MySqlAddress.Parse("Server=h;User ID=u;Database=d");

        Assert.Equal((7u, 9u, 5u, -1, false), Parts(own));
        Assert.Equal((20u, 5u, 5u, -1, false), Parts(usual));
        Assert.Equal(7u, new MySqlConnector.MySqlConnectionStringBuilder(own.RevealForOrleans()).MaximumPoolSize);
        Assert.Equal(10u, new MySqlConnector.MySqlConnectionStringBuilder(usual.RevealForOrleans()).MaximumPoolSize);

        static (uint Pool, uint Command, uint Connect, int Cancellation, bool Affected) Parts(MySqlAddress address)
        {
            var parts = new MySqlConnector.MySqlConnectionStringBuilder(address.Reveal());
            return (parts.MaximumPoolSize, parts.DefaultCommandTimeout, parts.ConnectionTimeout, parts.CancellationTimeout, parts.UseAffectedRows);
        }
    }

    private static MySqlAddress Read(params (string Name, string Value)[] settings) =>
        MySqlAddress.FromSettings(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value).GetValueOrDefault);
}
