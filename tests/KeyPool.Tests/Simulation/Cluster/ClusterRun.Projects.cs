namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <content>Keys change their projects under load, and each gateway hears of it when it does.</content>
internal sealed partial class ClusterRun
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    /// <summary>How long after its grant a call may arrive: sent two seconds late at most.</summary>
    private static readonly TimeSpan UnderWayMax = TimeSpan.FromSeconds(3);
    private readonly string[] projects;
    private readonly Dictionary<KeyId, RosterKey> rows;
    private readonly List<(KeyLease Lease, UpstreamBook.Call Call)> arrivals = [];
    private long version = 1;

    public int Moves => silos.Moves.Count;

    private string AnyProject() => projects.Length == 0 || random.Next(3) == 0 ? "" : projects[random.Next(projects.Length)];

    private KeyId AnyLedger() => ProjectId.Of(new KeyProfile { Project = projects[random.Next(projects.Length)] })!.Value;

    /// <summary>The row changes; nobody knows yet.</summary>
    private void Declare()
    {
        var row = rows[AnyKey()];
        rows[row.Key.Id] = row with { Profile = row.Profile with { Project = AnyProject() }, Version = ++version };
    }

    /// <summary>A gateway reads the rows. Of a call that was sent late it alone knows, and what it says of that once may get lost.</summary>
    private void Hear(SimulatedGateway gateway)
    {
        if (gateway.LateCalls == 0)
        {
            gateway.Pool.ApplyKeys([.. rows.Values.Where(row => gateway.Pool.Find(row.Key.Id) is { } known && known.Version < row.Version)], []);
        }
    }

    /// <summary>
    /// Each call of a key that is in a project when it arrives, except those that were under way when a key joined, finds room in the project's quota: all that
    /// its keys have sent is counted, before they joined as well.
    /// </summary>
    private void AssertProjectsNotOver()
    {
        foreach (var ofModel in arrivals.GroupBy(arrival => arrival.Lease.Model).Select(group => group.OrderBy(arrival => arrival.Call.GrantedAt).ToList()))
        {
            for (var i = 0; i < ofModel.Count; i++)
            {
                var (lease, call) = ofModel[i];
                if (ProjectAt(lease.Key.Id, call.GrantedAt) is { } project && !silos.Moves.Any(move => move.Project == project && IsUnderWay(move.At, call.GrantedAt)))
                {
                    AssertRoom(ofModel[..(i + 1)], project, limits.Resolve(lease.Key, lease.Model));
                }
            }
        }
    }

    private void AssertRoom(IReadOnlyList<(KeyLease Lease, UpstreamBook.Call Call)> until, KeyId project, KeyLimits ofModel)
    {
        var now = until[^1].Call.GrantedAt;
        var counting = until.Where(arrival => ProjectAt(arrival.Lease.Key.Id, now) == project || ProjectAt(arrival.Lease.Key.Id, arrival.Call.GrantedAt) == project)
            .Select(arrival => arrival.Call).ToList();
        var minute = counting.Where(call => now - call.GrantedAt <= Minute).ToList();
        Assert.True(ofModel.RequestsPerMinute == 0 || minute.Count <= ofModel.RequestsPerMinute, $"{minute.Count} requests of a project under {ofModel} until {now:O} (seed {seed})");
        var tokens = minute.Sum(call => call.Tokens);
        Assert.True(ofModel.TokensPerMinute == 0 || tokens <= ofModel.TokensPerMinute, $"{tokens} tokens of a project under {ofModel} until {now:O} (seed {seed})");
        var day = PacificDay.Of(now);
        var today = counting.Count(call => PacificDay.Of(call.GrantedAt) == day);
        Assert.True(ofModel.RequestsPerDay == 0 || today <= ofModel.RequestsPerDay, $"{today} requests of a project on a day under {ofModel} until {now:O} (seed {seed})");
    }

    private static bool IsUnderWay(DateTimeOffset moved, DateTimeOffset arrived) => moved <= arrived && arrived - moved < UnderWayMax;

    /// <summary>Under which project a key's calls are granted at a moment. Until a first move: its own ledger grants.</summary>
    private KeyId? ProjectAt(KeyId key, DateTimeOffset at) => silos.Moves.LastOrDefault(move => move.Key == key && move.At <= at).Project;
}
