using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What an import will do, before it does it. Pure.</summary>
/// <param name="Lines">Each setting once, in gemini-balance's order.</param>
/// <param name="Settings">What is to be stored.</param>
/// <param name="Keys">What becomes of the keys.</param>
/// <param name="Files">What becomes of the files.</param>
/// <param name="Warnings">What people should look at.</param>
internal sealed record ImportPlan(
    IReadOnlyList<ImportLine> Lines, IReadOnlyDictionary<string, string> Settings, ImportedKeys Keys, ImportedFiles Files, IReadOnlyList<string> Warnings)
{
    public bool ChangesNothing => Settings.Count == 0 && Keys.Added.Count == 0 && Keys.Marked.Count == 0 && Files.Added.Count == 0;

    /// <param name="values">What gemini-balance says, by setting.</param>
    /// <param name="files">What was uploaded through it.</param>
    /// <param name="state">What is there.</param>
    public static ImportPlan Make(IReadOnlyDictionary<string, string> values, IReadOnlyList<ForeignFile> files, ImportState state)
    {
        var order = ForeignSettings.All.Select((setting, at) => (setting.Name, at)).ToDictionary(entry => entry.Name, entry => entry.at);
        var lines = new List<ImportLine>();
        var taken = new Dictionary<string, string>();
        foreach (var (name, text) in values.OrderBy(value => order.GetValueOrDefault(value.Key, int.MaxValue)).ThenBy(value => value.Key, StringComparer.Ordinal))
        {
            if (ImportedKeys.Settings.Contains(name))
            {
                continue;
            }

            var line = ImportJudge.Judge(name, text, state);
            lines.Add(line);
            if (line.Verdict is ImportVerdict.Taken or ImportVerdict.Partly)
            {
                taken[name] = line.Text ?? text;
            }
        }

        var keys = ImportedKeys.Read(values, state.Keys);
        return new ImportPlan(lines, taken, keys, ImportedFiles.Read(files, keys, state), ImportWarnings.Of(values, lines, taken, state));
    }
}
