using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What all sources of an import say together. Pure.</summary>
/// <param name="Used">The <c>.env</c> file first, if there is one.</param>
/// <param name="Values">The texts by setting.</param>
/// <param name="Overruled">Settings of the <c>.env</c> file for which the other source says something else.</param>
internal sealed record ImportSources(IReadOnlyList<ImportSource> Used, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Overruled)
{
    public IReadOnlyList<ForeignFile> Files => [.. Used.SelectMany(source => source.Files)];

    /// <summary>What gemini-balance keeps wins over its <c>.env</c> file, as it does there.</summary>
    /// <exception cref="StartException">There is none, or too many.</exception>
    public static ImportSources Combine(IReadOnlyList<ImportSource> sources)
    {
        if (sources.Count == 0 || sources.Count(source => source.IsEnvironmentFile) > 1 || sources.Count(source => !source.IsEnvironmentFile) > 1)
        {
            throw new StartException("Name one .env file, or one database (or saved /api/config) of gemini-balance, or one of each.");
        }

        var values = new Dictionary<string, string>();
        var overruled = new List<string>();
        foreach (var source in sources.OrderByDescending(source => source.IsEnvironmentFile))
        {
            foreach (var (name, text) in source.Values)
            {
                if (values.TryGetValue(name, out var before) && before != text)
                {
                    overruled.Add(SettingsReader.ShowName(name));
                }

                values[name] = text;
            }
        }

        return new ImportSources([.. sources.OrderByDescending(source => source.IsEnvironmentFile)], values, overruled);
    }
}
