using System.Text;

namespace GeminiBalance.Replay.Tests.Tables;

/// <summary>What was replayed, by face and folder.</summary>
internal sealed class ReplayTable
{
    private readonly List<ReplayRow> rows = [];

    public ReplayRow Row(string face, string project)
    {
        var row = new ReplayRow(face, project);
        rows.Add(row);
        return row;
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder("| face | recordings | found | tried | passed | of these | left out |\n|---|---|---:|---:|---:|---|---|\n");
        foreach (var row in rows.OrderBy(row => row.Face, StringComparer.Ordinal).ThenBy(row => row.Project, StringComparer.Ordinal))
        {
            text.Append($"| {row.Face} | {row.Project} | {row.Found} | {row.Tried} | {row.Passed} | {List(row.Holding, ", ")} | {List(row.LeftOut, "; ")} |\n");
        }

        return text.ToString();
    }

    private static string List(IReadOnlyDictionary<string, int> counts, string separator) =>
        counts.Count == 0 ? "–" : string.Join(separator, counts.Select(count => $"{count.Value} {count.Key}"));
}
