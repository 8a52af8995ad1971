using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Hosting;

public sealed class StandaloneTests : IDisposable
{
    private static readonly string KeyA = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
    private static readonly string KeyB = "AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keys_SurviveRestart_AndThoseOfTheSettingsFollowThem()
    {
        await using (var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA}"))
        {
            await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyB}}"]}""");
            await gateway.PostAsync($"/api/keys/{new ApiKey(KeyB).Id}/disable", """{"reason": "kept"}""");
        }

        await using var again = await StandaloneGateway.StartAsync(folder.Path);
        var keys = await again.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None);

        Assert.Equal([(new ApiKey(KeyB).Id, KeyState.Disabled, "kept")], keys.Select(key => (key.Id, key.State, key.Reason)));
    }

    [Fact]
    public async Task Stop_ClosesTheClaim()
    {
        await using (await StandaloneGateway.StartAsync(folder.Path))
        {
        }

        using var storage = new OpenStorage(folder.Path);

        Assert.Null((await storage.Store.OpenAsync(default, CancellationToken.None)).OpenClaimUntil);
    }

    [Fact]
    public async Task Start_HoldsTheClaimBeforeTheServerListens()
    {
        await using var gateway = await StandaloneGateway.StartAsync(folder.Path);
        var hosted = gateway.Services.GetServices<IHostedService>().Select(service => service.GetType().Name).ToList();

        Assert.True(hosted.IndexOf(nameof(KeyPoolHost)) < hosted.IndexOf("GenericWebHostService"));
        Assert.True(gateway.Services.GetRequiredService<LocalKeyPool>().Health.CanGrant);
    }

    [Fact]
    public async Task Reload_TakesOverKeysLimitsAndTokens_OrNothing()
    {
        await using var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA}", "--DEFAULT_RPM=5");
        var configuration = gateway.Services.GetRequiredService<IConfiguration>();
        configuration["DEFAULT_RPM"] = "7";
        configuration["API_KEYS"] = KeyB;
        configuration["MAX_RETRIES"] = "many";
        var refused = await gateway.SendAsync("POST", "/api/settings/reload");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("MAX_RETRIES = 'many': must be a whole number from 0 to 10.", refused.Body.GetProperty("errors")[0].GetString());
        Assert.Equal(5, gateway.Services.GetRequiredService<LocalKeyPool>().Limits.Default.RequestsPerMinute);

        Assert.Equal([new ApiKey(KeyA).Id], (await gateway.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None)).Select(key => key.Id));
    }

    [Fact]
    public async Task FollowKeys_WhileRunning_AddsAndRemoves()
    {
        await using var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA}");
        var host = gateway.Services.GetRequiredService<KeyPoolHost>();

        Assert.Equal((1, 1), await host.FollowAsync([new RosterKey(new ApiKey(KeyB), new KeyProfile())], CancellationToken.None));
        Assert.Equal((0, 0), await host.FollowAsync([new RosterKey(new ApiKey(KeyB), new KeyProfile())], CancellationToken.None));
        Assert.Equal((0, 1), await host.FollowAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task PaidKeyAndVertexKeys_AreWhatTheSettingsMakeOfThem()
    {
        await using (var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA}", $"--PAID_KEY={KeyB}"))
        {
            Assert.Equal([(KeyKind.Gemini, "", false), (KeyKind.Gemini, "paid", true)], await ProfilesAsync(gateway));
        }

        await using var again = await StandaloneGateway.StartAsync(folder.Path, $"--VERTEX_API_KEYS={KeyB}", $"--API_KEYS={KeyA}", $"--PAID_KEY={KeyA}");
        Assert.Equal([(KeyKind.Gemini, "paid", false), (KeyKind.Vertex, "paid", true)], await ProfilesAsync(again));

        static async Task<IEnumerable<(KeyKind, string, bool)>> ProfilesAsync(StandaloneGateway gateway) =>
            (await gateway.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None))
                .OrderBy(key => key.Masked, StringComparer.Ordinal)
                .Select(key => (key.Profile.Kind, key.Profile.Tags.Text, key.Profile.IsReserved));
    }

    [Fact]
    public async Task Logs_OfAWholeLife_HoldNoSecret()
    {
        var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA}");
        await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyB}}"]}""");
        await gateway.SendAsync("GET", $"/v1/models?key={StandaloneGateway.ClientToken}");
        await gateway.DisposeAsync();

        Assert.NotEmpty(gateway.Logs.Lines);
        Assert.All(
            gateway.Logs.Lines,
            line => Assert.DoesNotContain([KeyA, KeyB, StandaloneGateway.AdminToken, StandaloneGateway.ClientToken], secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_RejectedKeys_ProbesThoseAloneAndBringsTheGoodOnesBack()
    {
        await using var gateway = await StandaloneGateway.StartAsync(folder.Path, $"--API_KEYS={KeyA},{KeyB},AIzaSyCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC-c3");
        var (a, b) = (new ApiKey(KeyA).Id, new ApiKey(KeyB).Id);
        foreach (var id in new[] { a, b })
        {
            gateway.ProbeOutcomes[id] = new CallOutcome(CallOutcomeKind.KeyRejected) { IsConclusive = true, Detail = "400 API_KEY_INVALID" };
            await gateway.SendAsync("POST", $"/api/keys/{id}/verify");
        }

        gateway.Probed.Clear();
        gateway.ProbeOutcomes.Remove(b, out _);
        var check = gateway.Services.GetRequiredService<RejectedKeyCheck>();

        Assert.Equal((2, 1), await check.CheckAsync(CancellationToken.None));
        Assert.Equal(new[] { a, b }.Order(), gateway.Probed.Order());
        var directory = gateway.Services.GetRequiredService<IKeyDirectory>();
        Assert.Equal(KeyState.Rejected, (await directory.FindAsync(a, CancellationToken.None))!.State);
        Assert.Equal(KeyState.Active, (await directory.FindAsync(b, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Process_OnAFolderInUse_StopsClearly()
    {
        using var held = new DataFolder(folder.Path);

        var (exitCode, output, error) = await RunAsync(["--PORT=0", $"--DATA_DIR={folder.Path}"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal($"The data folder {folder.Path} is in use by another gateway. Stop it first, or choose another folder with DATA_DIR.", error.Trim());
    }

    [Fact]
    public async Task Process_WithWrongSettings_NamesThemAllWithoutAStackTrace()
    {
        var (exitCode, output, error) = await RunAsync(["--MAX_RETRIES=99", "--LOG_LEVEL=loud", $"--DATA_DIR={folder.In("none")}"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(3, error.Trim().Split('\n').Length);
        Assert.Contains("MAX_RETRIES = '99'", error, StringComparison.Ordinal);
        Assert.Contains("LOG_LEVEL = 'loud'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("none")));
    }

    [Fact]
    public async Task Process_OnAPortInUse_StopsClearlyAndUsesNoTokenUp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (exitCode, output, error) = await RunAsync(["--HOST=127.0.0.1", $"--PORT={((IPEndPoint)listener.LocalEndpoint).Port}", $"--DATA_DIR={folder.Path}"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("address already in use. Choose another with PORT", error, StringComparison.Ordinal);
        using var storage = new OpenStorage(folder.Path);
        Assert.NotNull(await AdminToken.Open(storage.Database, null).TakeFreshAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Process_DotEnvInTheWorkingFolder_IsReadBelowTheEnvironment()
    {
        await File.WriteAllTextAsync(folder.In(".env"), "MAX_RETRIES=98\nTIME_OUT=never\nLOG_LEVEL=loud\n");

        var (exitCode, _, error) = await RunAsync([], new Dictionary<string, string> { ["MAX_RETRIES"] = "99", ["LOG_LEVEL"] = "info" });

        Assert.Equal(1, exitCode);
        Assert.Contains("MAX_RETRIES = '99'", error, StringComparison.Ordinal);
        Assert.Contains("TIME_OUT = 'never'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("LOG_LEVEL", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Banner_WithoutKeysAndWithAFreshToken_SaysWhatToDoNext()
    {
        var banner = StartBanner.Compose(["http://localhost:8000"], 0, "/data", 0, "sk-admin-fresh");

        Assert.Single(banner.Split("sk-admin-fresh")[1..]);
        Assert.Contains("API_KEYS=your-key", banner, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost:8000/api/keys", banner, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost:8000/v1/chat/completions", banner, StringComparison.Ordinal);
        Assert.DoesNotContain("curl", StartBanner.Compose(["http://localhost:8000"], 3, "/data", 1, null), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(GatewaySettings).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
