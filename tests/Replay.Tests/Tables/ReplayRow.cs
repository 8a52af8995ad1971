namespace GeminiBalance.Replay.Tests.Tables;

/// <summary>What became of one folder's recordings at one face.</summary>
internal sealed class ReplayRow(string face, string project)
{
    private readonly SortedDictionary<string, int> leftOut = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> holding = new(StringComparer.Ordinal);

    public string Face { get; } = face;

    public string Project { get; } = project;

    public int Passed { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>Exchanges by the reason why they were not replayed.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => leftOut;

    /// <summary>How many of those that passed hold something that could be lost.</summary>
    public IReadOnlyDictionary<string, int> Holding => holding;

    public int Tried => Passed + Faults.Count;

    public int Found => Tried + leftOut.Values.Sum();

    public void Pass(IEnumerable<string> features)
    {
        Passed++;
        foreach (var feature in features)
        {
            holding[feature] = holding.GetValueOrDefault(feature) + 1;
        }
    }

    public void LeaveOut(string reason) => leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
}
