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
        var text = new StringBuilder("| face | recordings | found | tried | passed | left out |\n|---|---|---:|---:|---:|---|\n");
        foreach (var row in rows.OrderBy(row => row.Face, StringComparer.Ordinal).ThenBy(row => row.Project, StringComparer.Ordinal))
        {
            var reasons = row.LeftOut.Count == 0 ? "–" : string.Join("; ", row.LeftOut.Select(reason => $"{reason.Value} {reason.Key}"));
            text.Append($"| {row.Face} | {row.Project} | {row.Found} | {row.Tried} | {row.Passed} | {reasons} |\n");
        }

        return text.ToString();
    }
}
