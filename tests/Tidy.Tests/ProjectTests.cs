using System.Text.Json;
using System.Xml.Linq;

namespace GeminiBalance.Tidy.Tests;

public sealed class ProjectTests
{
    /// <summary>Who may reference whom. A project that is not here yet is not wrong; a reference that is not here is.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protocol"] = [],
        ["keypool"] = [],
        ["gateway"] = ["protocol", "keypool"],
        ["grains.abstractions"] = ["keypool"],
        ["grains"] = ["grains.abstractions", "keypool"],
        ["storage.mysql"] = ["keypool"],
        ["silo"] = ["grains", "storage.mysql"],
        ["gateway.cluster"] = ["gateway", "grains.abstractions", "storage.mysql"],
    };

    private static IEnumerable<string> Projects => TrackedFiles.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    public static TheoryData<string> ProductFolders => [.. Allowed.Keys.Where(folder => Projects.Any(path => Path.GetDirectoryName(path) == folder))];

    [Theory]
    [MemberData(nameof(ProductFolders))]
    public void Project_ReferencesWhatTheDesignSays(string folder)
    {
        var project = Projects.Single(path => Path.GetDirectoryName(path) == folder);
        var references = XDocument.Parse(TrackedFiles.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetDirectoryName(((string)reference.Attribute("Include")!).Replace('\\', '/'))!.Replace("../", "", StringComparison.Ordinal));

        Assert.Equal(Allowed[folder].Order(), references.Order());
    }

    [Fact]
    public void Projects_AreKnownOrTests() => Assert.DoesNotContain(
        Projects, path => !path.StartsWith("tests/", StringComparison.Ordinal) && !Allowed.ContainsKey(Path.GetDirectoryName(path)!.Replace('\\', '/')));

    [Fact]
    public void Projects_AreAllInTheSolution()
    {
        var solution = TrackedFiles.Read("GeminiBalance.Cluster.sln");

        Assert.DoesNotContain(Projects, path => !solution.Contains(path.Replace('/', '\\'), StringComparison.Ordinal));
    }

    [Fact]
    public void StandaloneFilter_NamesProjectsThatExist()
    {
        using var filter = JsonDocument.Parse(TrackedFiles.Read("GeminiBalance.Standalone.slnf"));
        var named = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(path => path.GetString()!.Replace('\\', '/'));

        Assert.Empty(named.Except(Projects));
    }

    [Theory]
    [InlineData("protocol")]
    [InlineData("keypool")]
    public void PureParts_UseNoPackages(string folder) => Assert.DoesNotContain(
        "PackageReference", TrackedFiles.Read(Projects.Single(path => Path.GetDirectoryName(path) == folder)), StringComparison.Ordinal);
}
