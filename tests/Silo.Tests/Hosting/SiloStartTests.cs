using GeminiBalance.Silo.Tests.Hosts;

namespace GeminiBalance.Silo.Tests.Hosting;

public sealed class SiloStartTests
{
    [Fact]
    public async Task WrongSettings_AreAllNamedWithoutAStackTrace()
    {
        await using var silo = new SiloProcess([], ("SILO_PORT", "many"), ("HOST", "example.org"));

        Assert.Equal(1, await silo.EndAsync());
        var lines = silo.Output.Split('\n');
        Assert.Equal("The settings are wrong, nothing was started:", lines[0]);
        Assert.Equal(["SILO_PORT", "HOST", "MYSQL_HOST"], lines[1..].Select(line => line.Trim().Split(' ')[0]));
    }

    [Fact]
    public async Task AnUnknownCommand_ShowsTheHelp()
    {
        await using var silo = new SiloProcess(["migrat"]);

        Assert.Equal(1, await silo.EndAsync());
        Assert.StartsWith("Unknown command: migrat", silo.Output, StringComparison.Ordinal);
        Assert.Contains("silo migrate", silo.Output, StringComparison.Ordinal);
    }
}
