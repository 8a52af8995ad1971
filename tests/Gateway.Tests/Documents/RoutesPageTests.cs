using System.Text;
using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Documents;

public sealed class RoutesPageTests
{
    [Fact]
    public async Task RoutesPage_ListsEveryRouteOfTheApplication()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var written = Path.Combine(TestKit.RepositoryRoot.Path, "docs", "routes.md");
        var table = Table(gateway.Endpoints);

        var page = await File.ReadAllTextAsync(written);

        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/routes.md is not in step with the code. Its table must be:\n{table}");
    }

    private static string Table(IEnumerable<RouteEndpoint> endpoints)
    {
        var rows = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var metadata = endpoint.Metadata.GetMetadata<FaceMetadata>();
            if (metadata?.Verbs == "none")
            {
                continue; // It answers 404 in the face's shape.
            }

            var isAdmin = endpoint.Metadata.GetMetadata<AdminMetadata>() is not null;
            var verbs = metadata?.Verbs ?? string.Join(", ", endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]);
            if (isAdmin && verbs == "any")
            {
                continue; // As above, for the administration.
            }

            var dialect = metadata switch
            {
                null => "–",
                { Face: var get, PostFace: var post } when get != post => $"{get} (GET), {post} (POST)",
                { Face: var only } => $"{only}",
            };
            var token = isAdmin ? "admin" : metadata is null ? "none" : "client";
            rows.Add($"| `{endpoint.RoutePattern.RawText}` | {verbs} | {dialect} | {token} |");
        }

        var table = new StringBuilder("| path | verbs | dialect | token |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            table.Append(row).Append('\n');
        }

        return table.ToString();
    }
}
