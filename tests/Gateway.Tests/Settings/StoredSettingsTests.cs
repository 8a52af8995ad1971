using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class StoredSettingsTests : IAsyncLifetime
{
    private const string KeyA = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
    private const string KeyB = "AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2";
    private const string OtherToken = "another-token-of-the-test";
    private readonly TemporaryFolder folder = new();
    private StandaloneGateway gateway = null!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Put_WinsOverTheEnvironment_AlsoAfterARestart_AndDeleteReturnsToIt()
    {
        Assert.Equal(("3", "environment"), await ValueAsync("MAX_RETRIES"));
        var (status, answer) = await PutAsync("""{"MAX_RETRIES": 5, "SHOW_THINKING_PROCESS": false, "FILTERED_MODELS": ["gemini-a"], "TEST_MODEL": "gemini-t"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["FILTERED_MODELS", "MAX_RETRIES", "SHOW_THINKING_PROCESS", "TEST_MODEL"], Names(answer, "changed").Order());
        await RestartAsync();
        Assert.Equal(("5", "stored"), await ValueAsync("MAX_RETRIES"));
        Assert.Equal(("false", "stored"), await ValueAsync("SHOW_THINKING_PROCESS"));
        Assert.Equal(("[\"gemini-a\"]", "stored"), await ValueAsync("FILTERED_MODELS"));
        Assert.Equal(5, Current.MaxRetries);

        await gateway.SendAsync("DELETE", "/api/settings/MAX_RETRIES");
        await PutAsync("""{"TEST_MODEL": null}""");

        Assert.Equal(("3", "environment"), await ValueAsync("MAX_RETRIES"));
        Assert.Equal(("gemini-2.5-flash-lite", "default"), await ValueAsync("TEST_MODEL"));
        await RestartAsync();
        Assert.Equal(3, Current.MaxRetries);
    }

    [Fact]
    public async Task Put_EmptyValue_IsNoneWhateverTheEnvironmentSays()
    {
        await PutAsync("""{"MODEL_RATE_LIMITS": ""}""");

        Assert.Empty(Current.Limits.ByModel);
        Assert.Equal(("{}", "stored"), await ValueAsync("MODEL_RATE_LIMITS"));
        await gateway.SendAsync("DELETE", "/api/settings/MODEL_RATE_LIMITS");
        Assert.Single(Current.Limits.ByModel);
    }

    [Fact]
    public async Task Put_AnythingWrong_TellsAllOfItAndChangesNothing()
    {
        var (status, answer) = await PutAsync(
            $$"""{"MAX_RETRIES": 5, "TIME_OUT": "long", "API_KEYS": ["{{KeyA}}", "secret!"], "HOST": "*", "GITHUB_REPO_NAME": 5, "{{KeyB}}": 1, "MAX_RETIRES": 1}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            [
                "TIME_OUT = 'long': must be a number of seconds from 1 to 3600.",
                $"API_KEYS = (hidden, {$"[\"{KeyA}\", \"secret!\"]".Length} characters): must be a list of keys, each 16 to 256 letters, digits and `-` `_` `.` (no keys: …).",
                "HOST is read before the database is, so only the environment, .env and appsettings.json can set it.",
                "GITHUB_REPO_NAME is known from gemini-balance and has no effect here.",
                "There is no such setting: (hidden).",
                "There is no such setting: MAX_RETIRES.",
            ],
            Names(answer, "errors"));
        Assert.Equal(("3", "environment"), await ValueAsync("MAX_RETRIES"));
        await RestartAsync();
        Assert.Equal(("3", "environment"), await ValueAsync("MAX_RETRIES"));
    }

    [Fact]
    public async Task Put_Secrets_AreInForceAtOnceAndNeverShownNorStoredInClear()
    {
        await PutAsync($$$"""{"ALLOWED_TOKENS": ["{{{OtherToken}}}"], "CUSTOM_HEADERS": {"X-Secret": "{{{OtherToken}}}"}}""");

        Assert.Equal((null, "stored"), await ValueAsync("ALLOWED_TOKENS"));
        Assert.Equal(HttpStatusCode.Forbidden, (await gateway.SendAsync("GET", "/api/settings", OtherToken)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.SendAsync("GET", "/api/settings", StandaloneGateway.ClientToken)).Status);
        Assert.DoesNotContain(OtherToken, (await gateway.SendAsync("GET", "/api/settings")).Body.GetRawText(), StringComparison.Ordinal);
        await RestartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await gateway.SendAsync("GET", "/api/settings", OtherToken)).Status);
        await gateway.DisposeAsync();
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.DoesNotContain(OtherToken, Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_NeedsRestart_SaysSoAndTakesEffectThen()
    {
        var (_, answer) = await PutAsync($$"""{"MAX_FAILURES": 1, "MAX_RETRIES": 4, "API_KEYS": ["{{KeyA}}"]}""");

        Assert.Equal(["MAX_FAILURES"], Names(answer, "need_restart"));
        Assert.Equal(["API_KEYS", "MAX_RETRIES"], Names(answer, "changed").Order());
        Assert.Equal("active", await StateAfterOneFailureAsync());
        await RestartAsync();
        Assert.Equal("rejected", await StateAfterOneFailureAsync());
    }

    [Fact]
    public async Task Put_Keys_AddsAndRemovesThem()
    {
        await PutAsync($$"""{"API_KEYS": "{{KeyA}},{{KeyB}}"}""");
        Assert.Equal(2, (await KeysAsync()).Count);

        var (_, answer) = await PutAsync($$"""{"API_KEYS": "{{KeyB}}"}""");

        Assert.Equal((0, 1), (answer.GetProperty("keys_added").GetInt32(), answer.GetProperty("keys_removed").GetInt32()));
        await RestartAsync();
        Assert.Equal([new ApiKey(KeyB).Id], await KeysAsync());
    }

    [Fact]
    public async Task Put_AnotherSetting_DoesNotBringBackAKeyThatAPersonHasRemoved()
    {
        await PutAsync($$"""{"API_KEYS": "{{KeyA}},{{KeyB}}"}""");
        await gateway.SendAsync("DELETE", $"/api/keys/{new ApiKey(KeyA).Id}");

        await PutAsync("""{"MAX_RETRIES": 5}""");

        Assert.Equal([new ApiKey(KeyB).Id], await KeysAsync());
    }

    [Fact]
    public async Task Put_AdminToken_ChangesIt_AndCannotLockEverybodyOut()
    {
        await PutAsync($$"""{"AUTH_TOKEN": "{{OtherToken}}"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.SendAsync("GET", "/api/settings")).Status);

        var (status, answer) = await gateway.SendAsync(
            "PUT", "/api/settings", OtherToken, new StringContent("""{"AUTH_TOKEN": ""}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["AUTH_TOKEN: there would be no admin token left."], Names(answer, "errors"));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("DELETE", "/api/settings/AUTH_TOKEN", OtherToken)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("GET", "/api/settings")).Status);
    }

    [Fact]
    public async Task Put_WhileTheConfigurationIsBroken_KeepsTheEnvironmentThatIsInForce()
    {
        gateway.Services.GetRequiredService<IConfiguration>()["TIME_OUT"] = "broken";
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", "/api/settings/reload")).Status);

        Assert.Equal(HttpStatusCode.OK, (await PutAsync("""{"MAX_RETRIES": 7}""")).Status);

        Assert.Equal((7, TimeSpan.FromSeconds(300)), (Current.MaxRetries, Current.TimeOut));
    }

    private GatewaySettings Current => gateway.Services.GetRequiredService<ISettingsSource>().Current;

    private static List<string> Names(JsonElement answer, string property) => [.. answer.GetProperty(property).EnumerateArray().Select(name => name.GetString()!)];

    private async Task StartAsync() =>
        gateway = await StandaloneGateway.StartAsync(folder.Path, "--MAX_RETRIES=3", "--MODEL_RATE_LIMITS={\"gemini-x\": 5}");

    private async Task RestartAsync()
    {
        await gateway.DisposeAsync();
        await StartAsync();
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string json) =>
        gateway.SendAsync("PUT", "/api/settings", content: new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<(string? Value, string? Source)> ValueAsync(string name)
    {
        var setting = (await gateway.SendAsync("GET", "/api/settings")).Body.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("name").GetString() == name);
        return (setting.GetProperty("value").GetString(), setting.GetProperty("source").GetString());
    }

    private async Task<string?> StateAfterOneFailureAsync()
    {
        var id = new ApiKey(KeyA).Id;
        await gateway.SendAsync("POST", $"/api/keys/{id}/enable");
        gateway.ProbeOutcomes[id] = new CallOutcome(CallOutcomeKind.KeyRejected);
        await gateway.SendAsync("POST", $"/api/keys/{id}/verify");
        return (await gateway.SendAsync("GET", "/api/keys")).Body.GetProperty("items")[0].GetProperty("state").GetString();
    }

    private async Task<List<KeyId>> KeysAsync() =>
        [.. (await gateway.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None)).Select(key => key.Id)];
}
