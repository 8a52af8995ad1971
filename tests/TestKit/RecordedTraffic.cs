using System.Runtime.CompilerServices;

namespace GeminiBalance.TestKit;

/// <summary>Where recordings of real traffic lie: beside the repository, or where <c>GEMINIBALANCE_FIXTURES</c> says. They are not part of it.</summary>
public static class RecordedTraffic
{
    /// <summary>Why a test that needs recordings is skipped; null when they are there.</summary>
    public static string? Missing => Folder is null ? "No recordings: set GEMINIBALANCE_FIXTURES to their folder." : null;

    /// <summary>The folder, or null when there is none.</summary>
    public static string? Folder { get; } = Find(Environment.GetEnvironmentVariable("GEMINIBALANCE_FIXTURES"));

    private static string? Find(string? configured, [CallerFilePath] string source = "")
    {
        if (configured is { Length: > 0 })
        {
            return Directory.Exists(configured) ? configured : null;
        }

        for (var folder = Directory.GetParent(source); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "fixtures");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
