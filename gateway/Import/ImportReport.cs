using System.Globalization;
using System.Text;

namespace GeminiBalance.Gateway.Import;

/// <summary>An import, for people.</summary>
internal static class ImportReport
{
    private const int ListedMax = 20;

    /// <summary>Why rows are left where they are.</summary>
    private const string NotTaken =
        "logs and statistics begin anew, because theirs name keys in clear and no tokens";

    public static string Describe(ImportSources sources, ImportPlan plan, string target, bool isDryRun)
    {
        var report = new StringBuilder();
        void Line(string text) => report.Append(CultureInfo.InvariantCulture, $"{text}{Environment.NewLine}");
        Line($"From gemini-balance into {target}{(isDryRun ? " (dry run: nothing is written)" : "")}");
        foreach (var source in sources.Used)
        {
            Line($"  {source.Name}: {Count(source.Values.Count, "setting")}{(sources.Used.Count > 1 && !source.IsEnvironmentFile ? ", which win over the .env file, as they do in gemini-balance" : "")}");
        }

        if (sources.Overruled.Count > 0)
        {
            Line($"  of the .env file do not count: {Some(sources.Overruled)}");
        }
        else if (sources.Used is [{ IsEnvironmentFile: true }])
        {
            Line("  gemini-balance's database wins over this file. If settings were changed in its pages, name the database, or a saved /api/config, too.");
        }

        Line($"{Environment.NewLine}Keys");
        Keys(plan.Keys, isDryRun, (count, what, masked) => Line($"  {count} {what}{(masked.Count == 0 ? "" : $": {Some(masked)}")}"));
        Files(plan.Files, isDryRun, Line);
        Settings(plan, isDryRun, Line);
        foreach (var rows in sources.Used.SelectMany(source => source.Rows).Where(rows => rows.Value > 0))
        {
            report.Append(CultureInfo.InvariantCulture, $"Not taken: {rows.Key} ({rows.Value:#,0} rows){Environment.NewLine}");
        }

        if (sources.Used.Any(source => source.Rows.Any(rows => rows.Value > 0)))
        {
            Line($"  ({NotTaken})");
        }

        foreach (var warning in plan.Warnings)
        {
            Line($"Note: {warning}");
        }

        Line(Summary(plan, isDryRun));
        return report.ToString();
    }

    private static void Keys(ImportedKeys keys, bool isDryRun, Action<int, string, IReadOnlyList<string>> tell)
    {
        tell(keys.Added.Count, isDryRun ? "to add" : "added", [.. keys.Added.Select(key => $"{key.Key.Masked}{Marks(key)}")]);
        Some(isDryRun ? "there, to be marked as paid or Vertex" : "there, now marked as paid or Vertex", [.. keys.Marked.Select(key => key.Key.Key.Masked)]);
        Some("there already", keys.Known);
        Some("named more than once, taken once", keys.Repeated);
        Some("no keys, left out", keys.Invalid);

        void Some(string what, IReadOnlyList<string> masked)
        {
            if (masked.Count > 0)
            {
                tell(masked.Count, what, masked);
            }
        }
    }

    private static void Files(ImportedFiles files, bool isDryRun, Action<string> line)
    {
        (int Count, string What)[] all =
        [
            (files.Added.Count, $"{(isDryRun ? "to be known" : "known")} from now on, each to the token that uploaded it"), (files.Known, "known already"), (files.Expired, "left out: Google has deleted them"),
            (files.WithoutKey, "left out: their keys are not in the pool"),
        ];
        if (Array.Exists(all, one => one.Count > 0))
        {
            line($"{Environment.NewLine}Files");
            foreach (var (count, what) in all.Where(one => one.Count > 0))
            {
                line(string.Create(CultureInfo.InvariantCulture, $"  {count:#,0} {what}"));
            }
        }
    }

    private static string Marks(KeyPool.RosterKey key) => $"{(key.Profile.Kind == KeyPool.KeyKind.Vertex ? " (Vertex)" : "")}{(key.Profile.Tags.Count > 0 ? $" ({key.Profile.Tags.Text})" : "")}";

    private static void Settings(ImportPlan plan, bool isDryRun, Action<string> line)
    {
        foreach (var group in plan.Lines.GroupBy(one => one.Verdict).OrderBy(group => group.Key))
        {
            line($"{Environment.NewLine}{Heading(group.Key, isDryRun)}");
            foreach (var one in group)
            {
                line($"  {one.Name}  {one.Note}");
            }
        }

        line("");
    }

    private static string Heading(ImportVerdict verdict, bool isDryRun) => verdict switch
    {
        ImportVerdict.Taken => isDryRun ? "Settings to take as they are" : "Settings taken as they are",
        ImportVerdict.Partly => isDryRun ? "Settings to take in part" : "Settings taken in part",
        ImportVerdict.There => "Settings stored already",
        ImportVerdict.Default => "Settings left out: the default, here too",
        ImportVerdict.OtherDefault => "Settings left out: gemini-balance's default, which is another one here",
        ImportVerdict.Replaced => "Settings replaced",
        ImportVerdict.Refused => "Settings that there are none of",
        ImportVerdict.Invalid => "Settings left out: their value is wrong",
        _ => "Settings that nobody knows",
    };

    private static string Summary(ImportPlan plan, bool isDryRun) => plan.ChangesNothing
        ? "Nothing to do: everything is there already."
        : $"{(isDryRun ? "Would add" : "Added")} {Count(plan.Keys.Added.Count, "key")}, {(isDryRun ? "mark" : "marked")} {plan.Keys.Marked.Count}, "
            + $"{(isDryRun ? "store" : "stored")} {Count(plan.Settings.Count, "setting")}"
            + $"{(plan.Files.Added.Count > 0 ? $", {(isDryRun ? "note" : "noted")} {Count(plan.Files.Added.Count, "file")}" : "")}.";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Some(IReadOnlyList<string> items) => string.Join(", ", items.Take(ListedMax)) + (items.Count > ListedMax ? $" and {items.Count - ListedMax} more" : "");
}
