namespace GeminiBalance.Load.Reports;

/// <summary>A table as it can be pasted into a page.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        _rows.Add(cells);
    }

    public override string ToString() =>
        string.Join('\n', [Line(columns), Line(columns.Select((_, i) => i == 0 ? "---" : "---:")), .. _rows.Select(Line)]);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
