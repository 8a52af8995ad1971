using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Admin;

public sealed class AdminApiTests : IAsyncLifetime
{
    private const string KeyA = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
    private const string KeyB = "AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2";
    private static readonly string IdA = new ApiKey(KeyA).Id.Value;
    private readonly TemporaryFolder folder = new();
    private StandaloneGateway gateway = null!;

    public async Task InitializeAsync() => gateway = await StandaloneGateway.StartAsync(folder.Path);

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Add_List_CountsAndMasks()
    {
        var (status, added) = await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyA}}", " {{KeyA}} ", "short"], "text": "please add\n{{KeyB}}, thanks"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1, 1), (added.GetProperty("added_count").GetInt32(), added.GetProperty("duplicate_count").GetInt32(), added.GetProperty("invalid_count").GetInt32()));
        Assert.Equal(["AIza…A-a1", "AQ.A…B_b2"], added.GetProperty("added").EnumerateArray().Select(key => key.GetProperty("masked").GetString()));

        var (_, again) = await gateway.SendAsync("POST", "/api/keys", content: new StringContent($"{KeyB}\r\n{KeyA}", Encoding.UTF8, "text/plain"));
        Assert.Equal((0, 2), (again.GetProperty("added_count").GetInt32(), again.GetProperty("duplicate_count").GetInt32()));
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?state=active", 1)]
    [InlineData("?state=disabled", 1)]
    [InlineData("?state=invalid", 1)]
    [InlineData("?state=valid&search=B_B2", 1)]
    [InlineData("?search=aiza", 1)]
    [InlineData("?search=nothing", 0)]
    public async Task List_Filters(string query, int expected)
    {
        await AddBothAsync();
        await gateway.PostAsync($"/api/keys/{IdA}/disable", """{"reason": "too old"}""");

        var (_, page) = await gateway.SendAsync("GET", "/api/keys" + query);

        Assert.Equal(expected, page.GetProperty("total_items").GetInt32());
        Assert.Equal((1, 1), (page.GetProperty("states").GetProperty("active").GetInt32(), page.GetProperty("states").GetProperty("disabled").GetInt32()));
    }

    [Fact]
    public async Task List_Pages_GiveEachKeyOnce()
    {
        await AddBothAsync();

        var first = (await gateway.SendAsync("GET", "/api/keys?limit=1&page=1")).Body;
        var second = (await gateway.SendAsync("GET", "/api/keys?limit=1&page=2")).Body;
        var third = (await gateway.SendAsync("GET", $"/api/keys?limit=500&page={int.MaxValue}")).Body;

        Assert.Equal((2, 2), (first.GetProperty("total_items").GetInt32(), first.GetProperty("total_pages").GetInt32()));
        Assert.NotEqual(first.GetProperty("items")[0].GetProperty("id").GetString(), second.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Empty(third.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "/api/keys?page=0", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/keys?limit=501", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/keys?state=happy", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("POST", "/api/keys", "{", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("POST", "/api/keys", "[]", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("POST", "/api/keys", "{\"keys\":[]}", HttpStatusCode.BadRequest, "no_keys")]
    [InlineData("POST", "/api/keys", "null", HttpStatusCode.BadRequest, "no_keys")]
    [InlineData("POST", "/api/keys", "{\"keys\":[\"AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1\"],\"weight\":0}", HttpStatusCode.BadRequest, "invalid_profile")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "{\"weight\":2}", HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "{\"weight\":101}", HttpStatusCode.BadRequest, "invalid_profile")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "{\"kind\":\"1\"}", HttpStatusCode.BadRequest, "invalid_profile")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "{\"tags\":[\"a b\"]}", HttpStatusCode.BadRequest, "invalid_profile")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "{\"project\":\"a b\"}", HttpStatusCode.BadRequest, "invalid_profile")]
    [InlineData("PATCH", "/api/keys/0000000000000000", "[]", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("POST", "/api/keys/0000000000000000/enable", null, HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("POST", "/api/keys/0000000000000000/disable", null, HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("POST", "/api/keys/0000000000000000/verify", null, HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("DELETE", "/api/keys/%3Cscript%3E", null, HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("PUT", "/api/keys", "{}", HttpStatusCode.NotFound, "unknown_route")]
    [InlineData("PUT", "/api/settings", "{}", HttpStatusCode.BadRequest, "no_settings")]
    [InlineData("PUT", "/api/settings", "[]", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("DELETE", "/api/settings/NOTHING", null, HttpStatusCode.NotFound, "unknown_setting")]
    public async Task Mistake_IsToldAsJson(string method, string path, string? body, HttpStatusCode status, string code)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        Assert.Equal((status, code), await gateway.ErrorAsync(method, path, StandaloneGateway.AdminToken, content));
    }

    [Fact]
    public async Task Add_BodyOverTheBound_Is413()
    {
        using var content = new ByteArrayContent(new byte[Limits.AdminBodyBytesMax + 1]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_large"), await gateway.ErrorAsync("POST", "/api/keys", StandaloneGateway.AdminToken, content));
    }

    [Fact]
    public async Task DisableEnableRemove_ChangeTheKey()
    {
        await AddBothAsync();

        await gateway.PostAsync($"/api/keys/{IdA}/disable", """{"reason": "<b>too old</b>"}""");
        Assert.Equal(("disabled", "<b>too old</b>"), await StateAsync(IdA));
        await gateway.SendAsync("POST", $"/api/keys/{IdA}/enable");
        Assert.Equal(("active", null), await StateAsync(IdA));
        await gateway.SendAsync("DELETE", $"/api/keys/{IdA}");
        Assert.Equal(1, (await gateway.SendAsync("GET", "/api/keys")).Body.GetProperty("total_items").GetInt32());
    }

    [Fact]
    public async Task Disable_BodyInChunks_KeepsItsReason()
    {
        await AddBothAsync();

        // JSON content of .NET tells no length.
        await gateway.SendAsync("POST", $"/api/keys/{IdA}/disable", content: JsonContent.Create(new { reason = "too old" }));

        Assert.Equal(("disabled", "too old"), await StateAsync(IdA));
    }

    [Theory]
    [InlineData(CallOutcomeKind.Succeeded, "valid", "active")]
    [InlineData(CallOutcomeKind.KeyRejected, "invalid", "rejected")]
    [InlineData(CallOutcomeKind.KeySuspended, "invalid", "suspended")]
    [InlineData(CallOutcomeKind.UpstreamUnavailable, "unclear", "active")]
    [InlineData(CallOutcomeKind.NotSent, "not_now", "active")]
    public async Task Verify_SettlesTheOutcomeAndTellsIt(CallOutcomeKind kind, string verdict, string state)
    {
        await AddBothAsync();
        gateway.ProbeOutcomes[new KeyId(IdA)] = new CallOutcome(kind) { Detail = "detail", IsConclusive = true };

        var (_, answer) = await gateway.SendAsync("POST", $"/api/keys/{IdA}/verify");

        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        Assert.Equal(state, (await StateAsync(IdA)).State);
        Assert.Equal([new KeyId(IdA)], gateway.Probed.Distinct());
        Assert.Equal(kind == CallOutcomeKind.NotSent, gateway.Probed.Count > 1); // A lease may run out while a connection opens.
    }

    [Theory]
    [InlineData("/v1/keys/list")]
    [InlineData("/hf/v1/keys/list")]
    public async Task KeysList_HasGeminiBalancesShapeWithMaskedKeys(string path)
    {
        await AddBothAsync();
        await gateway.SendAsync("POST", $"/api/keys/{IdA}/disable");

        var (_, list) = await gateway.SendAsync("GET", path);

        Assert.Equal("success", list.GetProperty("status").GetString());
        Assert.Equal(2, list.GetProperty("total").GetInt32());
        Assert.Equal([$"AIza…A-a1 ({IdA})"], list.GetProperty("data").GetProperty("invalid_keys").EnumerateObject().Select(key => key.Name));
        Assert.Equal([$"AQ.A…B_b2 ({new ApiKey(KeyB).Id})"], list.GetProperty("data").GetProperty("valid_keys").EnumerateObject().Select(key => key.Name));
    }

    [Fact]
    public async Task Settings_ShowNoSecret()
    {
        var (_, answer) = await gateway.SendAsync("GET", "/api/settings");

        var settings = answer.GetProperty("settings").EnumerateArray().ToDictionary(setting => setting.GetProperty("name").GetString()!);
        Assert.Equal("3", settings["MAX_RETRIES"].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, settings["AUTH_TOKEN"].GetProperty("value").ValueKind);
        Assert.True(settings["AUTH_TOKEN"].GetProperty("is_set").GetBoolean());
        Assert.DoesNotContain(StandaloneGateway.AdminToken, answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(StandaloneGateway.ClientToken, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task Health_IsOpenToAll(string path)
    {
        var (status, body) = await gateway.SendAsync("GET", path, token: null);

        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), (status, body.GetRawText()));
    }

    private async Task AddBothAsync() => await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyA}}", "{{KeyB}}"]}""");

    private async Task<(string? State, string? Reason)> StateAsync(string id)
    {
        var item = (await gateway.SendAsync("GET", $"/api/keys?search={id}")).Body.GetProperty("items")[0];
        return (item.GetProperty("state").GetString(), item.GetProperty("reason").GetString());
    }
}
