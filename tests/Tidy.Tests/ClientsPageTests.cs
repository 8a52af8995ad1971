using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GeminiBalance.Tidy.Tests;

/// <summary>The page of clients says which versions were run: those that the suite installs.</summary>
public sealed partial class ClientsPageTests
{
    private const string Folder = "tests/Clients/";

    // They are no clients: the tests write their schemas and messages with them.
    private static readonly string[] Helpers = ["@langchain/core", "zod"];

    private static readonly JsonNode Packages = JsonNode.Parse(TrackedFiles.Read(Folder + "package-lock.json"))!["packages"]!;

    [Fact]
    public void Page_NamesEveryClientWithTheVersionThatIsRun()
    {
        var package = JsonNode.Parse(TrackedFiles.Read(Folder + "package.json"))!;
        var asked = new[] { "dependencies", "optionalDependencies" }.SelectMany(kind => package[kind]!.AsObject()).Select(entry => entry.Key).Except(Helpers);
        var installed = asked.Order(StringComparer.Ordinal).Select(name => $"{name} {(string)Packages[$"node_modules/{name}"]!["version"]!}");
        var written = Rows().Matches(TrackedFiles.Read("docs/clients.md")).Select(row => $"{row.Groups["name"].Value} {row.Groups["version"].Value}").Order(StringComparer.Ordinal);

        Assert.Equal(installed, written);
    }

    [Fact]
    public void LockFile_NamesNoRegistry() => Assert.DoesNotContain(Packages.AsObject(), package => package.Value!["resolved"] is not null);

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<version>[0-9][0-9.]*) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rows();
}
