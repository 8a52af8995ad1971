using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeminiBalance.Silo.Tests.Hosts;

namespace GeminiBalance.Silo.Tests.Hosting;

public sealed partial class SiloRunTests(Database database) : IClassFixture<Database>
{
    private const int TimeOutMilliseconds = 10_000;
    private readonly int siloPort = FreePort();
    private readonly int gatewayPort = FreePort();

    [MariaDbFact]
    public async Task ASilo_JoinsAnswersAndLeaves()
    {
        await using var silo = Start(("PORT", "0"));
        var joined = await silo.SeeAsync("Joined cluster gemini-balance");
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(joined).Value) };

        Assert.Contains($":{siloPort}", joined, StringComparison.Ordinal);
        Assert.Equal("""{"status":"healthy"}""", await client.GetStringAsync("/health"));
        Assert.Equal("""{"status":"healthy"}""", await client.GetStringAsync("/health/ready"));
        using var details = JsonDocument.Parse(await client.GetStringAsync("/health/details"));
        Assert.Equal("Active", details.RootElement.GetProperty("membership").GetString());
        Assert.Single(details.RootElement.GetProperty("members").EnumerateObject());
        Assert.Equal(0, details.RootElement.GetProperty("heldClaims").GetInt32());
        Assert.False(details.RootElement.GetProperty("isDegraded").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/health", null)).StatusCode);

        silo.Terminate();

        Assert.Equal(0, await silo.EndAsync());
        Assert.Contains("Stopped: left the cluster", silo.Output, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task ATakenHealthPort_IsNamed()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var silo = Start(("HOST", "127.0.0.1"), ("PORT", $"{port}"));

        Assert.Equal(1, await silo.EndAsync());
        Assert.EndsWith($"127.0.0.1:{port}: address already in use. Choose another with PORT, or stop what listens there.", silo.Output, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task AWrongPassword_EndsTheStartWithOneLine()
    {
        await using var silo = new SiloProcess(["migrate"], ("MYSQL_CONNECTION", $"{database.Connection};Password=wrong"));

        Assert.Equal(1, await silo.EndAsync());
        Assert.StartsWith("The database at 127.0.0.1:", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', silo.Output);
    }

    [MariaDbFact]
    public async Task Migrations_RunOnce()
    {
        await using (var first = new SiloProcess(["migrate"], ("MYSQL_CONNECTION", database.Connection)))
        {
            Assert.Equal(0, await first.EndAsync());
        }

        await using var second = new SiloProcess(["migrate"], ("MYSQL_CONNECTION", database.Connection));

        Assert.Equal(0, await second.EndAsync());
        Assert.EndsWith("is up to date; steps run now: 0.", second.Output, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private SiloProcess Start(params (string Name, string Value)[] settings) => new(
        [], [("MYSQL_CONNECTION", database.Connection), ("SILO_PORT", $"{siloPort}"), ("SILO_GATEWAY_PORT", $"{gatewayPort}"), .. settings]);

    [GeneratedRegex("http://[^ ]+$", RegexOptions.None, TimeOutMilliseconds)]
    private static partial Regex Address();
}
