using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Admin;

public sealed class KeyProfileApiTests : IAsyncLifetime
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
    public async Task AMemberThatNobodyKnows_IsAMistake_ToldReadably()
    {
        await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyA}}"]}""");
        using var mistyped = new StringContent("""{"wieght": 2}""", Encoding.UTF8, "application/json");

        var (status, body) = await gateway.SendAsync("PATCH", $"/api/keys/{IdA}", content: mistyped);
        var raw = (await gateway.SendAsync("GET", $"/api/keys?search={IdA}")).Body.GetRawText();

        Assert.Equal((HttpStatusCode.BadRequest, "The body is not the JSON this route takes: see $.wieght."), (status, body.GetProperty("error").GetProperty("message").GetString()));
        Assert.Contains("\"masked\":\"AIza…", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WithProfile_Change_ShowsAndKeepsIt()
    {
        await gateway.PostAsync("/api/keys", $$"""{"keys": ["{{KeyA}}"], "tags": ["Paid", "fast", "paid"], "weight": 2, "note": "mine", "project": "p-1"}""");
        await gateway.SendAsync("POST", "/api/keys?tags=slow&kind=vertex&reserved=true&weight=0.5", content: new StringContent(KeyB, Encoding.UTF8, "text/plain"));
        Assert.Equal("""2 mine gemini ["fast","paid"] False p-1""", await ProfileAsync(IdA));
        Assert.Equal("""0.5  vertex ["slow"] True """, await ProfileAsync(new ApiKey(KeyB).Id.Value));

        await PatchAsync("""{"tags": [], "weight": 3.5}""");
        Assert.Equal("3.5 mine gemini [] False p-1", await ProfileAsync(IdA));
        await PatchAsync("""{"note": "yours", "reserved": true, "project": "", "kind": "vertex"}""");
        Assert.Equal("3.5 yours vertex [] True ", await ProfileAsync(IdA));

        await gateway.DisposeAsync();
        gateway = await StandaloneGateway.StartAsync(folder.Path);
        Assert.Equal("3.5 yours vertex [] True ", await ProfileAsync(IdA));

        async Task PatchAsync(string json)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("PATCH", $"/api/keys/{IdA}", content: content)).Status);
        }

        async Task<string> ProfileAsync(string id)
        {
            var item = (await gateway.SendAsync("GET", $"/api/keys?search={id}")).Body.GetProperty("items")[0];
            return string.Join(' ', new[] { "weight", "note", "kind", "tags", "reserved", "project" }.Select(name => item.GetProperty(name).ToString()));
        }
    }
}
