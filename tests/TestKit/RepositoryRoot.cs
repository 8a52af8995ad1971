using System.Runtime.CompilerServices;

namespace GeminiBalance.TestKit;

/// <summary>Where the sources are, for tests that read them.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>GeminiBalance.Cluster.sln</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string source = "")
    {
        var folder = Directory.GetParent(source);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "GeminiBalance.Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No solution above {source}.");
    }
}
