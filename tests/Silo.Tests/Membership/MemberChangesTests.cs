using System.Net;
using GeminiBalance.Silo.Membership;

namespace GeminiBalance.Silo.Tests.Membership;

public sealed class MemberChangesTests
{
    private static readonly SiloAddress Self = Silo(1);
    private static readonly SiloAddress Other = Silo(2);

    [Theory]
    [InlineData(SiloStatus.None, SiloStatus.Active, MemberChangeKind.Joined)]
    [InlineData(SiloStatus.Joining, SiloStatus.Active, MemberChangeKind.Joined)]
    [InlineData(SiloStatus.Active, SiloStatus.ShuttingDown, MemberChangeKind.Leaving)]
    [InlineData(SiloStatus.ShuttingDown, SiloStatus.Dead, MemberChangeKind.Left)]
    [InlineData(SiloStatus.Stopping, SiloStatus.Dead, MemberChangeKind.Left)]
    [InlineData(SiloStatus.Active, SiloStatus.Dead, MemberChangeKind.Evicted)]
    public void AChange_IsTold(SiloStatus before, SiloStatus after, object kind) =>
        Assert.Equal(new MemberChange(Other, (MemberChangeKind)kind), Assert.Single(MemberChanges.Between(View((Other, before)), View((Other, after)), Self)));

    [Theory]
    [InlineData(SiloStatus.Active, SiloStatus.Active)]
    [InlineData(SiloStatus.None, SiloStatus.Dead)]
    [InlineData(SiloStatus.None, SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown, SiloStatus.Stopping)]
    public void WhatIsNoNews_IsNotTold(SiloStatus before, SiloStatus after) =>
        Assert.Empty(MemberChanges.Between(View((Other, before)), View((Other, after)), Self));

    [Fact]
    public void ItsOwnChanges_AreNotTold() => Assert.Empty(MemberChanges.Between(View(), View((Self, SiloStatus.Active)), Self));

    [Fact]
    public void AMemberNotSeenBefore_HasJoined() =>
        Assert.Equal(new MemberChange(Other, MemberChangeKind.Joined), Assert.Single(MemberChanges.Between(View(), View((Other, SiloStatus.Active)), Self)));

    private static SiloAddress Silo(int generation) => SiloAddress.New(IPAddress.Loopback, 11111, generation);

    private static Dictionary<SiloAddress, SiloStatus> View(params (SiloAddress Member, SiloStatus Status)[] members) =>
        members.ToDictionary(member => member.Member, member => member.Status);
}
