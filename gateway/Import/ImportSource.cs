namespace GeminiBalance.Gateway.Import;

/// <summary>What one file or database of gemini-balance says.</summary>
/// <param name="Name">Where it was found, for people; no secret.</param>
/// <param name="IsEnvironmentFile">Whether it is a <c>.env</c> file, over which everything else wins.</param>
/// <param name="Values">The texts by setting. Secret ones included: never for print.</param>
internal sealed record ImportSource(string Name, bool IsEnvironmentFile, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Rows of other tables, by what they are; not taken.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>();

    /// <summary>Files that were uploaded through it; those that have expired among them.</summary>
    public IReadOnlyList<ForeignFile> Files { get; init; } = [];
}
