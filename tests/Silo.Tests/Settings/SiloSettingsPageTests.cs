using GeminiBalance.Silo.Settings;
using GeminiBalance.TestKit;

namespace GeminiBalance.Silo.Tests.Settings;

public sealed class SiloSettingsPageTests
{
    /// <summary>Run <c>dotnet run --project silo -- settings --markdown</c> and put its table there.</summary>
    [Fact]
    public void TheDocument_HoldsTheTable()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "cluster.md")).ReplaceLineEndings("\n");

        Assert.Contains(SiloSettingsPage.ToMarkdown(), page, StringComparison.Ordinal);
    }
}
