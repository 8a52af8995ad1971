namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>What a gateway asks and tells which ledger, when a key's project is known.</summary>
public sealed class ProjectTests
{
    private static readonly KeyProfile InProject = new() { Project = "one" };
    private static readonly KeyId Project = ProjectId.Of(InProject)!.Value;
    private readonly GatewayBench bench = new(1);

    private KeyId Key => bench.Keys[0].Id;

    [Fact]
    public void Ask_GoesToTheKeysLedgerFirst_ThenToTheProjects()
    {
        Join(version: 5);
        var call = bench.AcquireAsync();

        var own = bench.TheAsk();
        Assert.Equal((Key, Project, 5), (own.Key, own.Message.Project!.Value, own.Message.RosterVersion));
        own.Grant();
        var shared = bench.TheAsk();
        Assert.Equal((Project, (KeyId?)null), (shared.Key, shared.Message.Project));
        Assert.False(call.IsCompleted);
        shared.Grant();
        Assert.Equal(bench.Keys[0], GatewayBench.Result(call).Lease!.Key);
    }

    [Fact]
    public void Ask_TheProjectHasNone_TheKeysLedgerGetsItsCountBack()
    {
        Join(version: 5);
        bench.Begin();
        bench.TheAsk().Grant();
        bench.TheAsk().Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(30));

        var (key, settlements) = Assert.Single(bench.Ledgers.Posted);
        Assert.Equal((Key, CallOutcomeKind.NotSent, bench.Ledgers.Asks[0].Stamp), (key, Assert.Single(settlements).Outcome.Kind, settlements[0].Stamp));
    }

    [Fact]
    public void Settle_KeyHasChangedItsProject_GoesToTheLedgerThatGranted()
    {
        Join(version: 5);
        var lease = Lease();
        bench.Pool.ApplyKeys([new RosterKey(bench.Keys[0], new KeyProfile()) { Version = 6 }], []);

        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.NotSent));
        var (key, settlements) = Assert.Single(bench.Ledgers.Posted);
        Assert.Equal((Project, CallOutcomeKind.NotSent, bench.Ledgers.Asks[1].Stamp), (key, Assert.Single(settlements).Outcome.Kind, settlements[0].Stamp));
    }

    [Fact]
    public void Settle_SentLateBeforeTheChange_IsCountedByTheNewLedgerAsWell()
    {
        var lease = bench.Lease();
        Join(version: 5);

        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = lease.GrantedAt + TimeSpan.FromSeconds(1) });
        bench.Ledgers.Asks[^1].Grant();
        Assert.Equal(Key, Assert.Single(bench.Ledgers.Posted).Key);
        var shared = bench.TheAsk();
        Assert.Equal(Project, shared.Key);
        Assert.Equal((-1, TimeSpan.FromSeconds(1)), (Assert.Single(shared.Message.Settlements).Term, shared.Message.Settlements[0].SentAfter));
    }

    private KeyLease Lease()
    {
        var call = bench.AcquireAsync();
        bench.TheAsk().Grant();
        bench.TheAsk().Grant();
        return GatewayBench.Result(call).Lease!;
    }

    private void Join(long version) => bench.Pool.ApplyKeys([new RosterKey(bench.Keys[0], InProject) { Version = version }], []);
}
