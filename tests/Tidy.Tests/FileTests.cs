using System.Text.RegularExpressions;

namespace GeminiBalance.Tidy.Tests;

public sealed partial class FileTests
{
    private const int CodeLinesMax = 300;
    private const int ReadmeLinesMax = 150;
    private const int TimeOutMilliseconds = 10_000;

    /// <summary>What says more about the machine or the way a text came about than about the project. Put together so that this file does not hold them.</summary>
    private static readonly string[] BannedTexts =
    [
        "/" + "work/", "/" + "root/", "NotImplemented" + "Exception",
    ];

    private static readonly HashSet<string> TextFiles =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".slnf", ".md", ".json", ".yml", ".yaml", ".txt", ".sh", ".mjs", ".js", ".ts", ".editorconfig", "",
    ];

    [Fact]
    public void Code_FilesAreShort() => Assert.Empty(TrackedFiles.Code
        .Select(path => (path, lines: TrackedFiles.Read(path).AsSpan().Count('\n')))
        .Where(file => file.lines > CodeLinesMax)
        .Select(file => $"{file.path}: {file.lines} lines, at most {CodeLinesMax}. Split it by reason to change."));

    [Fact]
    public void Readme_IsShort()
    {
        foreach (var path in TrackedFiles.All.Where(path => path == "README.md"))
        {
            Assert.InRange(TrackedFiles.Read(path).AsSpan().Count('\n'), 1, ReadmeLinesMax);
        }
    }

    [Fact]
    public void Texts_HoldNoBannedWord() => Assert.Empty(
        from path in TrackedFiles.All
        where TextFiles.Contains(Path.GetExtension(path))
        let text = TrackedFiles.Read(path)
        from banned in BannedTexts
        where text.Contains(banned, StringComparison.OrdinalIgnoreCase)
        select $"{path} holds '{banned}'.");

    [Fact]
    public void Code_HoldsNoLeftoverMarkers() => Assert.Empty(
        from path in TrackedFiles.Code
        from Match match in Leftovers().Matches(TrackedFiles.Read(path))
        select $"{path} holds '{match.Value}': do it, or write down elsewhere that it is to be done.");

    [Fact]
    public void Code_TakesTimeAndChanceFromOutside() => Assert.Empty(
        from path in TrackedFiles.Code
        from Match match in WallClocks().Matches(TrackedFiles.Read(path))
        select $"{path} uses {match.Value}: take a TimeProvider or a Random.");

    [Fact]
    public void ProductCode_TakesTheSystemClockInCompositionRootsOnly() => Assert.Empty(
        from path in TrackedFiles.Code
        where !path.StartsWith("tests/", StringComparison.Ordinal) && !IsCompositionRoot(path) && TrackedFiles.Read(path).Contains("TimeProvider.System", StringComparison.Ordinal)
        select $"{path} takes the system clock; only composition roots do.");

    [Fact]
    public void Markdown_LinksLeadSomewhere() => Assert.Empty(
        from path in TrackedFiles.All
        where path.EndsWith(".md", StringComparison.Ordinal)
        from Match match in Links().Matches(CodeBlocks().Replace(TrackedFiles.Read(path), ""))
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        where !Path.Exists(TrackedFiles.FullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(target))))
        select $"{path} links to {target}, which is not there.");

    /// <summary>Registers services, or is where a program begins.</summary>
    private static bool IsCompositionRoot(string path) => CompositionRoots().IsMatch(path);

    [GeneratedRegex("""(^|/)(Program|Standalone|\w+(Setup|Services|Application))\.cs$""", RegexOptions.ExplicitCapture, TimeOutMilliseconds)]
    private static partial Regex CompositionRoots();

    [GeneratedRegex("""\b(TODO|FIXME|HACK|XX[X])\b(?![-"|'])|^(<{7}|>{7}) """, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeOutMilliseconds)]
    private static partial Regex Leftovers();

    [GeneratedRegex("""\b(DateTime(Offset)?\.(Now|UtcNow|Today)|Random\.Shared|Guid\.NewGuid|Thread\.Sleep|Environment\.TickCount)\b""", RegexOptions.ExplicitCapture, TimeOutMilliseconds)]
    private static partial Regex WallClocks();

    [GeneratedRegex("""\]\((?<target>[^)\s]+)\)""", RegexOptions.ExplicitCapture, TimeOutMilliseconds)]
    private static partial Regex Links();

    [GeneratedRegex("""^```.*?^```|`[^`\n]*`""", RegexOptions.Multiline | RegexOptions.Singleline, TimeOutMilliseconds)]
    private static partial Regex CodeBlocks();
}
