using System.Net;
using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Import;

public sealed class ImportCommandTests : IDisposable
{
    private const string KeyA = "AIzaSyImported-000000000000000000000001";
    private const string KeyB = "AIzaSyImported-000000000000000000000002";
    private const string Paid = "AIzaSyImported-0000000000000000000paid1";
    private const string Vertex = "AQ.Imported0000000000000000000000000000000000000000v1";
    private const string Admin = "sk-the-imported-administrator";
    private const string Client = "sk-the-imported-client";
    private readonly TemporaryFolder folder = new();

    private string Data => folder.In("data");

    private string Database => ForeignFiles.WriteDatabase(
        folder.In("default_db"),
        ("API_KEYS", $"""["{KeyA}", "{KeyB}", "{KeyA}", "a sentence that is no key"]"""),
        ("PAID_KEY", Paid),
        ("VERTEX_API_KEYS", Vertex),
        ("ALLOWED_TOKENS", $"['{Client}']"),
        ("AUTH_TOKEN", Admin),
        ("MAX_RETRIES", "5"),
        ("FILTERED_MODELS", "gemini-old, gemini-older"),
        ("THINKING_BUDGET_MAP", "{'gemini-2.5-flash': 1024.0}"),
        ("CUSTOM_HEADERS", """{"x-secret": "header-that-nobody-may-see"}"""),
        ("TTS_SPEED", "warp"),
        ("TIME_OUT", "300"),
        ("SHOW_SEARCH_LINK", null),
        ("CREATE_IMAGE_MODEL", "imagen-3.0-generate-002"),
        ("TIMEZONE", "Asia/Shanghai"),
        ("MYSQL_PASSWORD", "hunter2-of-mysql"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_HoldsAtTheNextStart_AndWinsOverTheEnvironment()
    {
        Assert.Equal(0, (await RunAsync(Database)).ExitCode);

        await using var gateway = await StandaloneGateway.StartAsync(Data);
        var (status, body) = await gateway.SendAsync("GET", "/api/settings", Admin);
        var settings = body.GetProperty("settings").EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("name").GetString()!, setting => (Value: setting.GetProperty("value").GetString(), Source: setting.GetProperty("source").GetString()));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("5", "stored"), settings["MAX_RETRIES"]);
        Assert.Equal(("normal", "default"), settings["TTS_SPEED"]);
        Assert.Equal((null, "stored"), settings["CUSTOM_HEADERS"]);
        Assert.Equal(1024, gateway.Services.GetRequiredService<ISettingsSource>().Current.Models.ThinkingBudgets["gemini-2.5-flash"]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.SendAsync("GET", "/api/settings", StandaloneGateway.AdminToken)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ChatAsync(gateway, StandaloneGateway.ClientToken)).Status);
        var refused = await ChatAsync(gateway, Client);
        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (refused.Status, refused.Body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Import_PutsKeysIntoThePool_WhereTheAdminApiKeepsThem()
    {
        await RunAsync(Database);

        await using var gateway = await StandaloneGateway.StartAsync(Data);
        var keys = (await gateway.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None))
            .ToDictionary(key => key.Id, key => (key.Profile.Tags.Text, key.Profile.IsReserved, key.Profile.Kind));
        Assert.Equal(4, keys.Count);
        Assert.Equal(("", false, KeyKind.Gemini), keys[new ApiKey(KeyA).Id]);
        Assert.Equal(("paid", true, KeyKind.Gemini), keys[new ApiKey(Paid).Id]);
        Assert.Equal(("", false, KeyKind.Vertex), keys[new ApiKey(Vertex).Id]);
    }

    [Fact]
    public async Task Import_Again_ChangesNothingAndSaysSo()
    {
        var database = Database;
        var first = await RunAsync(database);
        var second = await RunAsync(database);

        Assert.EndsWith("Added 4 keys, marked 0, stored 6 settings.", first.Report.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("Nothing to do: everything is there already.", second.Report.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("4 there already: ", second.Report, StringComparison.Ordinal);
        Assert.Equal(6, await CountStoredAsync());
    }

    [Fact]
    public async Task Files_AreReachable_ForTheTokenThatUploadedThem_OnTheirKey()
    {
        var (database, end) = (Database, TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(20));
        ForeignFiles.AddFiles(
            database,
            ("files/mine", KeyB, Client, end), ("files/admins", KeyA, Admin, end), ("files/gone", KeyA, Client, end - TimeSpan.FromHours(21)),
            ("files/lost", "AIzaSyImported-00000000000000000000gone", Client, end), ("no file", KeyA, Client, end), ("files/nobodys", KeyA, null, end));

        var dry = await RunAsync(database, "--dry-run");
        var report = (await RunAsync(database)).Report;
        var again = (await RunAsync(database)).Report;

        Assert.Contains("  2 to be known from now on, each to the token that uploaded it", dry.Report, StringComparison.Ordinal);
        Assert.Contains("  1 left out: Google has deleted them", report, StringComparison.Ordinal);
        Assert.Contains("  1 left out: their keys are not in the pool", report, StringComparison.Ordinal);
        Assert.EndsWith("Added 4 keys, marked 0, stored 6 settings, noted 2 files.", report.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("  2 known already", again, StringComparison.Ordinal);
        Assert.EndsWith("Nothing to do: everything is there already.", again.TrimEnd(), StringComparison.Ordinal);

        await using var gateway = await StandaloneGateway.StartAsync(Data);
        var ledger = gateway.Services.GetRequiredService<ResourceLedger>();
        var client = new ResourceAccess(gateway.Services.GetRequiredService<IClientTokens>().FindClientId(Client)!, SeesAll: false);
        var (mine, _) = await ledger.FindAsync("files/mine", client, CancellationToken.None);
        Assert.Equal(new ApiKey(KeyB).Id, mine!.KeyId);
        Assert.Equal(end.ToUnixTimeMilliseconds(), mine.ExpiresAt!.Value.ToUnixTimeMilliseconds());
        Assert.Equal((null, true), await ledger.FindAsync("files/admins", client, CancellationToken.None));
        Assert.Equal((null, false), await ledger.FindAsync("files/gone", client, CancellationToken.None));
        Assert.Equal(["files/mine"], (await ledger.ListAsync("files", client, after: null, count: 10, CancellationToken.None)).Select(row => row.Name));
    }

    [Fact]
    public async Task DryRun_LeavesEveryByteAsItWas_AndReportsWhatWillBeDone()
    {
        var keys = folder.In("keys.txt");
        await File.WriteAllTextAsync(keys, KeyA);
        await ImportKeysCommand.RunAsync([keys, $"--DATA_DIR={Data}"], TextReader.Null, TextWriter.Null);
        var (database, before) = (Database, Fingerprint());

        var dry = await RunAsync(database, "--dry-run");

        Assert.Equal(before, Fingerprint());
        var real = await RunAsync(database);
        Assert.NotEqual(before, Fingerprint());
        Assert.Equal(
            real.Report,
            dry.Report.Replace(" (dry run: nothing is written)", "", StringComparison.Ordinal).Replace("to add", "added", StringComparison.Ordinal)
                .Replace("Settings to take", "Settings taken", StringComparison.Ordinal).Replace("Would add", "Added", StringComparison.Ordinal)
                .Replace(", mark ", ", marked ", StringComparison.Ordinal).Replace(", store ", ", stored ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DryRun_DoesNotBringAnOlderDatabaseForward()
    {
        Directory.CreateDirectory(Data);
        using (var older = ForeignFiles.Open(Path.Combine(Data, "gateway.db")))
        {
            SchemaMigrations.Apply(older, [SchemaMigrations.Steps[0]]);
        }

        var before = Fingerprint();
        Assert.Contains("Would add 4 keys", (await RunAsync(Database, "--dry-run")).Report, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task DryRun_WithoutADataFolder_MakesNone()
    {
        var (_, report) = await RunAsync(Database, "--dry-run");

        Assert.Contains("Would add 4 keys", report, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Report_SaysWhatBecomesOfEach_AndShowsNoSecret()
    {
        var (_, report) = await RunAsync(Database, "--dry-run");

        string[] expected =
        [
            "4 to add: AIza…0001, AIza…0002, AIza…aid1 (paid), AQ.I…00v1 (Vertex)", "1 named more than once, taken once: AIza…0001", "1 no keys, left out: ",
            "MAX_RETRIES  '5'", "TTS_SPEED  TTS_SPEED = 'warp': must be `slow`", "SHOW_SEARCH_LINK  not set", "TIMEZONE  Nothing here runs at a local time",
            "CREATE_IMAGE_MODEL  'imagen-3.0-generate-002': Google has switched Imagen 3 off", "MYSQL_PASSWORD  `gateway.cluster` reads it",
            "Not taken: the request log (2 rows)",
        ];
        Assert.All(expected, text => Assert.Contains(text, report, StringComparison.Ordinal));
        string[] secrets = [KeyA, KeyB, Paid, Vertex, Admin, Client, "header-that-nobody-may-see", "hunter2", "a sentence"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_WhileAGatewayRuns_IsRefused()
    {
        var database = Database;
        await using var gateway = await StandaloneGateway.StartAsync(Data);

        Assert.Contains("in use", await RefusalAsync(database), StringComparison.Ordinal);
        Assert.Contains("in use", await RefusalAsync(database, "--dry-run"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_IntoTheDatabaseOfGeminiBalance_IsRefused_AndLeavesItAsItWas()
    {
        Directory.CreateDirectory(Data);
        var database = ForeignFiles.WriteDatabase(Path.Combine(Data, "default_db"), ("MAX_RETRIES", "5"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var before = Fingerprint();
        Assert.Contains("the database of another program", await RefusalAsync(database, "--dry-run", "--SQLITE_DATABASE=default_db"), StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());
        Assert.Contains("the database of another program", await RefusalAsync(database, "--SQLITE_DATABASE=default_db"), StringComparison.Ordinal);

        File.Delete(Path.Combine(Data, "gateway.lock"));
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task Import_ThatNamesNothing_EndsWithOne()
    {
        Assert.Equal(1, (await RunAsync()).ExitCode);
        Assert.Equal(1, (await RunAsync(Database, "--dryrun")).ExitCode);
        Assert.False(Directory.Exists(Data));
        Assert.Contains("--mysql needs the .env file", await RefusalAsync(folder.In("default_db"), "--mysql"), StringComparison.Ordinal);
        Assert.Contains("does not read MySQL", await RefusalAsync("Server=db;User ID=me;Password=s3cr3t;Database=gb"), StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> ChatAsync(StandaloneGateway gateway, string token) => gateway.SendAsync(
        "POST",
        "/v1/chat/completions",
        token,
        new StringContent("""{"model":"gemini-older","messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json"));

    private async Task<(int ExitCode, string Report)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await ImportCommand.RunAsync([.. args, $"--DATA_DIR={Data}"], new StandaloneImport(), output);
        return (code, output.ToString());
    }

    private async Task<string> RefusalAsync(params string[] args) => (await Assert.ThrowsAsync<StartException>(() => RunAsync(args))).Message;

    private async Task<int> CountStoredAsync()
    {
        await using var gateway = await StandaloneGateway.StartAsync(Data);
        return gateway.Services.GetRequiredService<SettingsSource>().Reading.Stored.Count;
    }

    private string Fingerprint() => string.Join('\n', Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {(OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file))} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
