using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;

namespace GeminiBalance.Gateway.Tests.Hosting;

public sealed class AccessTokensTests : IDisposable
{
    private static readonly byte[] IdKey = new byte[32];
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;

    public AccessTokensTests() => storage = new OpenStorage(folder.Path);

    public void Dispose()
    {
        storage.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Find_ConfiguredTokens_AreToldApart()
    {
        var tokens = Create("admin", "alice", "bob", "admin");

        Assert.Equal("admin", tokens.FindClientId("admin"));
        Assert.True(tokens.IsAdmin("admin") && tokens.IsClient("admin") && tokens.IsClient("alice"));
        Assert.False(tokens.IsAdmin("alice"));
        Assert.NotEqual(tokens.FindClientId("alice"), tokens.FindClientId("bob"));
        Assert.Matches("^client-[0-9a-f]{16}$", tokens.FindClientId("alice"));
        Assert.Equal(tokens.FindClientId("alice"), Create("other", "alice").FindClientId("alice"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Alice")]
    [InlineData("alice ")]
    [InlineData("alic")]
    [InlineData("\ud800")]
    public void Find_AnythingElse_IsNobody(string token)
    {
        var tokens = Create("admin", "alice");

        Assert.Null(tokens.FindClientId(token));
        Assert.Null(tokens.FindClientId(new string('x', 100_000)));
        Assert.False(tokens.IsClient(token) || tokens.IsAdmin(token));
    }

    [Fact]
    public async Task Generated_IsShownOnceAndValidAfterRestart()
    {
        var first = AdminToken.Open(storage.Database, null);
        var token = await first.TakeFreshAsync(CancellationToken.None);

        Assert.Matches("^sk-admin-[A-Za-z0-9_-]{43}$", token);
        Assert.Null(await first.TakeFreshAsync(CancellationToken.None));
        var second = AdminToken.Open(storage.Database, null);
        Assert.Null(await second.TakeFreshAsync(CancellationToken.None));
        Assert.All([first, second], admin => Assert.True(new AccessTokens(new TestSettings(new GatewaySettings()), admin, new ClientIds(IdKey)).IsAdmin(token)));
    }

    [Fact]
    public async Task Generated_ButNeverShown_IsGeneratedAnew()
    {
        _ = AdminToken.Open(storage.Database, null);

        Assert.NotNull(await AdminToken.Open(storage.Database, null).TakeFreshAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Generated_IsNotValidBesideAConfiguredOne()
    {
        var token = await AdminToken.Open(storage.Database, null).TakeFreshAsync(CancellationToken.None);

        Assert.False(Create("configured").IsClient(token));
        Assert.True(Create("configured").IsAdmin("configured"));
    }

    [Fact]
    public void Find_AfterTheSettingsChanged_FollowsThem()
    {
        var settings = new TestSettings(new GatewaySettings { AuthToken = new Secret("before") });
        var tokens = new AccessTokens(settings, AdminToken.Open(storage.Database, new Secret("before")), new ClientIds(IdKey));

        settings.Change(_ => new GatewaySettings { AuthToken = new Secret("after"), AllowedTokens = [new Secret("carol")] });

        Assert.False(tokens.IsClient("before"));
        Assert.True(tokens.IsAdmin("after") && tokens.IsClient("carol"));
        settings.Change(_ => new GatewaySettings());
        Assert.False(tokens.IsClient("after") || tokens.IsClient("") || tokens.IsClient("carol"));
    }

    private AccessTokens Create(string admin, params string[] clients)
    {
        var settings = new GatewaySettings { AuthToken = new Secret(admin), AllowedTokens = [.. clients.Select(client => new Secret(client))] };
        return new AccessTokens(new TestSettings(settings), AdminToken.Open(storage.Database, settings.AuthToken), new ClientIds(IdKey));
    }
}
