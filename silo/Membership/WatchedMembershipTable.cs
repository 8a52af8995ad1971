using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Membership;

/// <summary>The membership table, and a log line for each new vote to declare a member dead: Orleans shows members, not votes.</summary>
internal sealed partial class WatchedMembershipTable(IMembershipTable table, ILogger<WatchedMembershipTable> logger) : IMembershipTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<SiloAddress, HashSet<SiloAddress>> votesSeen = [];

    public Task InitializeMembershipTable(bool tryInitTableVersion) => table.InitializeMembershipTable(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => table.DeleteMembershipTableEntries(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => table.CleanupDefunctSiloEntries(beforeDate);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => table.ReadRow(key);

    public async Task<MembershipTableData> ReadAll()
    {
        var data = await table.ReadAll();
        foreach (var (entry, _) in data.Members)
        {
            Notice(entry);
        }

        return data;
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => table.InsertRow(entry, tableVersion);

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        var isWritten = await table.UpdateRow(entry, etag, tableVersion);
        if (isWritten)
        {
            Notice(entry);
        }

        return isWritten;
    }

    public Task UpdateIAmAlive(MembershipEntry entry) => table.UpdateIAmAlive(entry);

    private void Notice(MembershipEntry entry)
    {
        string[] added;
        lock (gate)
        {
            var before = votesSeen.GetValueOrDefault(entry.SiloAddress, []);
            var votes = entry.Status == SiloStatus.Dead ? [] : (entry.SuspectTimes ?? []).Select(vote => vote.Item1).ToHashSet();
            added = [.. votes.Except(before).Select(voter => voter.ToString())];
            if (votes.Count == 0)
            {
                votesSeen.Remove(entry.SiloAddress);
            }
            else
            {
                votesSeen[entry.SiloAddress] = votes;
            }
        }

        if (added.Length > 0)
        {
            Log.MemberSuspected(logger, entry.SiloAddress, string.Join(", ", added));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.MemberSuspected, LogLevel.Warning, "Silo {Member} is suspected by {Voters}: it does not answer them")]
        public static partial void MemberSuspected(ILogger logger, SiloAddress member, string voters);
    }
}
