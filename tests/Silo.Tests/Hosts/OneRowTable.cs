namespace GeminiBalance.Silo.Tests.Hosts;

/// <summary>A membership table with one member.</summary>
internal sealed class OneRowTable(SiloAddress member) : IMembershipTable
{
    public MembershipEntry Entry { get; } = new() { SiloAddress = member, SiloName = "one", Status = SiloStatus.Active, SuspectTimes = [] };

    public TableVersion Version { get; } = new(1, "");

    public bool TakesWrites { get; set; } = true;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => Task.CompletedTask;

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAll();

    public Task<MembershipTableData> ReadAll() => Task.FromResult(new MembershipTableData(Tuple.Create(Entry, ""), Version));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Task.FromResult(TakesWrites);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Task.FromResult(TakesWrites);

    public Task UpdateIAmAlive(MembershipEntry entry) => Task.CompletedTask;
}
