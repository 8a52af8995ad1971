using System.Diagnostics;
using GeminiBalance.TestKit;

namespace GeminiBalance.Tidy.Tests;

/// <summary>The files of the repository: what git tracks, or, without git, what is there beside build output.</summary>
internal static class TrackedFiles
{
    private static readonly HashSet<string> BuildOutput = ["bin", "obj", "node_modules", "artifacts", "TestResults", "data", ".git", ".vs", ".idea"];

    /// <summary>Paths below the repository's root, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } = [.. (AskGit() ?? Walk(RepositoryRoot.Path)).Where(path => File.Exists(FullPath(path))).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Code => All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    public static string FullPath(string path) => Path.Combine(RepositoryRoot.Path, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    private static string[]? AskGit()
    {
        if (!Path.Exists(FullPath(".git")))
        {
            return null;
        }

        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // No git here.
        }
    }

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .Where(path => !BuildOutput.Contains(Path.GetFileName(path)))
        .SelectMany(path => Directory.Exists(path) ? Walk(path) : [Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')]);
}
