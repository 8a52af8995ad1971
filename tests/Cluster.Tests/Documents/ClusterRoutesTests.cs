using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.TestKit;

namespace GeminiBalance.Cluster.Tests.Documents;

public sealed class ClusterRoutesTests
{
    [Fact]
    public async Task RoutesPage_ListsWhatOnlyThisShapeHas_AndAllOfThatNeedsTheAdminToken()
    {
        await using var cluster = ClusterShape.Build(
        [
            "--MYSQL_CONNECTION=Server=127.0.0.1;Port=1;User ID=nobody;Database=none", "--PORT=0",
            $"--AUTH_TOKEN={ClusterGateway.AdminToken}", $"--ENCRYPTION_KEY={ClusterGateway.EncryptionKey}",
        ]);
        await using var alone = GatewayApplication.Build(["--PORT=0"], Gateway.Hosting.Standalone.AddTo);
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "routes.md"));
        var known = Routes(alone).Select(route => route.RoutePattern.RawText).ToHashSet();

        var own = Routes(cluster).Where(route => !known.Contains(route.RoutePattern.RawText)).ToList();

        Assert.NotEmpty(own);
        Assert.All(own, route => Assert.NotNull(route.Metadata.GetMetadata<AdminMetadata>()));
        Assert.All(own, route => Assert.Contains($"| `{route.RoutePattern.RawText}` | GET | admin |", page, StringComparison.Ordinal));
    }

    private static IEnumerable<RouteEndpoint> Routes(IEndpointRouteBuilder app) => app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
