using System.Net;
using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Admin;

public sealed class AdminAccessTests : IAsyncLifetime
{
    private static readonly string IdA = new ApiKey("AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1").Id.Value;
    private readonly TemporaryFolder folder = new();
    private StandaloneGateway gateway = null!;

    public static TheoryData<string, string> Routes => new()
    {
        { "GET", "/api/keys" },
        { "POST", "/api/keys" },
        { "PATCH", $"/api/keys/{IdA}" },
        { "DELETE", $"/api/keys/{IdA}" },
        { "POST", $"/api/keys/{IdA}/enable" },
        { "POST", $"/api/keys/{IdA}/disable" },
        { "POST", $"/api/keys/{IdA}/verify" },
        { "GET", "/api/proxies" },
        { "GET", "/api/settings" },
        { "PUT", "/api/settings" },
        { "DELETE", "/api/settings/MAX_RETRIES" },
        { "POST", "/api/settings/reload" },
        { "GET", "/api/logs/status" },
        { "GET", "/api/logs/requests" },
        { "GET", "/api/logs/errors" },
        { "DELETE", "/api/logs/errors" },
        { "DELETE", "/api/logs/errors/all" },
        { "GET", "/api/logs/errors/lookup" },
        { "GET", $"/api/logs/errors/{IdA}" },
        { "GET", $"/api/logs/errors/{IdA}/details" },
        { "DELETE", $"/api/logs/errors/{IdA}" },
        { "GET", "/api/stats/calls" },
        { "GET", "/api/stats/models" },
        { "GET", "/api/stats/keys" },
        { "GET", "/api/stats/outcomes" },
        { "GET", "/api/stats/trend" },
        { "GET", "/api/stats/details" },
        { "GET", "/api/stats/key-details" },
        { "GET", "/api/stats/attention-keys" },
        { "GET", $"/api/key-usage-details/{IdA}" },
        { "GET", "/v1/keys/list" },
        { "GET", "/hf/v1/keys/list" },
        { "GET", "/api/unknown" },
    };

    public async Task InitializeAsync() => gateway = await StandaloneGateway.StartAsync(folder.Path);

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithoutToken_Is401(string method, string path)
    {
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), await gateway.ErrorAsync(method, path, null));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), await gateway.ErrorAsync(method, path, "wrong"));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithClientToken_Is403(string method, string path) =>
        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), await gateway.ErrorAsync(method, path, StandaloneGateway.ClientToken));

    [Fact]
    public void Routes_MarkedForAdmins_AreAllInTheMatrix()
    {
        static string Pattern(string path) => path.Replace($"usage-details/{IdA}", "usage-details/{key}", StringComparison.Ordinal)
            .Replace(IdA, "{id}", StringComparison.Ordinal)
            .Replace("unknown", "{**path}", StringComparison.Ordinal)
            .Replace("MAX_RETRIES", "{name}", StringComparison.Ordinal);
        var marked = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AdminMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods
                ? methods.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
                : [$"GET {endpoint.RoutePattern.RawText}"]);

        Assert.Equal(
            Routes.Select(row => $"{row[0]} {Pattern((string)row[1])}").Order(),
            marked.Order());
    }
}
