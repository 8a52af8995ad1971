using System.Diagnostics;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Cluster.Tests.Start;

public sealed class StartTests(OwnCluster own) : IClassFixture<OwnCluster>
{
    [ClusterFact]
    public async Task Start_WithAnotherEncryptionKey_StopsClearly()
    {
        var database = await own.NewDatabaseAsync();
        await using (await ClusterGateway.StartAsync(database, "start", null))
        {
        }

        var failure = await Assert.ThrowsAsync<StartException>(() => ClusterGateway.StartAsync(database, "start", null, "--ENCRYPTION_KEY=some other passphrase"));

        Assert.Contains("Set ENCRYPTION_KEY to the one that the other gateways have", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("some other passphrase", failure.Message, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task Start_OfTwoGatewaysAtOnce_OnAnEmptyDatabase_GivesThemOneEncryption()
    {
        var database = await own.NewDatabaseAsync();

        var gateways = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ClusterGateway.StartAsync(database, "start", null)));
        await gateways[0].AdminAsync("POST", "/api/keys", """{"keys":["AIzaSyTwoAtOnceAAAAAAAAAAAAAAAAAAAAAAAA"]}""");
        await using var third = await ClusterGateway.StartAsync(database, "start", null);

        Assert.Single(third.Pool.Keys);
        foreach (var gateway in gateways)
        {
            await gateway.DisposeAsync();
        }
    }

    [ClusterFact]
    public async Task Start_OnADatabaseOfANewerVersion_StopsClearly()
    {
        var database = await own.NewDatabaseAsync();
        await using (await ClusterGateway.StartAsync(database, "start", null))
        {
        }

        await OwnCluster.ExecuteAsync(database, "INSERT INTO schema_steps (step, name, checksum, started_at) VALUES (999, 'later', 'x', UTC_TIMESTAMP(6))");

        var (exitCode, error) = await RunAsync(database);
        Assert.Equal(1, exitCode);
        Assert.Contains("was written by a newer version", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Process_WithoutADatabase_SaysSoInOneLine()
    {
        var (exitCode, error) = await RunAsync("Server=127.0.0.1;Port=1;User ID=nobody;Password=s3cr3t;Database=none");

        Assert.Equal(1, exitCode);
        Assert.Contains("cannot be reached", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("s3cr3t", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GeminiBalance.Gateway.Cluster.dll")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["MYSQL_CONNECTION"] = connectionString;
        start.Environment["AUTH_TOKEN"] = ClusterGateway.AdminToken;
        start.Environment["ENCRYPTION_KEY"] = ClusterGateway.EncryptionKey;
        start.Environment["PORT"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await error);
    }
}
