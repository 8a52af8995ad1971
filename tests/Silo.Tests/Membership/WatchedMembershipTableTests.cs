using System.Net;
using GeminiBalance.Silo.Membership;
using GeminiBalance.Silo.Tests.Hosts;

namespace GeminiBalance.Silo.Tests.Membership;

public sealed class WatchedMembershipTableTests
{
    private static readonly SiloAddress Member = SiloAddress.New(IPAddress.Loopback, 11111, 1);
    private static readonly SiloAddress Voter = SiloAddress.New(IPAddress.Loopback, 11112, 1);
    private readonly OneRowTable rows = new(Member);
    private readonly LogLines log = new();
    private readonly WatchedMembershipTable table;

    public WatchedMembershipTableTests() => table = new WatchedMembershipTable(rows, log.For<WatchedMembershipTable>());

    [Fact]
    public async Task AVote_IsToldOnce()
    {
        rows.Entry.AddSuspector(Voter, DateTime.UnixEpoch);

        await table.ReadAll();
        await table.ReadAll();

        Assert.Equal($"Warning 6055 Silo {Member} is suspected by {Voter}: it does not answer them", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task AVoteAfterTheOthersWereWithdrawn_IsToldAgain()
    {
        rows.Entry.AddSuspector(Voter, DateTime.UnixEpoch);
        await table.ReadAll();
        rows.Entry.SuspectTimes.Clear();
        await table.ReadAll();
        rows.Entry.AddSuspector(Voter, DateTime.UnixEpoch);
        await table.ReadAll();

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task AVoteItWritesItself_IsToldWhenItIsWritten()
    {
        rows.Entry.AddSuspector(Voter, DateTime.UnixEpoch);

        rows.TakesWrites = false;
        await table.UpdateRow(rows.Entry, "", rows.Version);
        Assert.Empty(log.Lines);

        rows.TakesWrites = true;
        await table.UpdateRow(rows.Entry, "", rows.Version);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task ADeadMember_IsNotSuspected()
    {
        rows.Entry.AddSuspector(Voter, DateTime.UnixEpoch);
        rows.Entry.Status = SiloStatus.Dead;

        await table.ReadAll();

        Assert.Empty(log.Lines);
    }
}
