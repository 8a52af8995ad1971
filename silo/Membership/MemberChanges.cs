namespace GeminiBalance.Silo.Membership;

/// <summary>Tells what happened between two views of the cluster. Pure.</summary>
internal static class MemberChanges
{
    /// <param name="before">Status by member; members that ended long ago may be there.</param>
    /// <param name="after">The same, later.</param>
    /// <param name="self">Left out.</param>
    public static IEnumerable<MemberChange> Between(
        IReadOnlyDictionary<SiloAddress, SiloStatus> before, IReadOnlyDictionary<SiloAddress, SiloStatus> after, SiloAddress self)
    {
        foreach (var (member, status) in after.OrderBy(entry => entry.Key))
        {
            if (!member.Equals(self) && Classify(before.GetValueOrDefault(member), status) is { } kind)
            {
                yield return new MemberChange(member, kind);
            }
        }
    }

    private static MemberChangeKind? Classify(SiloStatus before, SiloStatus after) => (before, after) switch
    {
        _ when before == after => null,
        (_, SiloStatus.Active) => MemberChangeKind.Joined,
        (SiloStatus.Active, SiloStatus.ShuttingDown or SiloStatus.Stopping) => MemberChangeKind.Leaving,
        (SiloStatus.Active, SiloStatus.Dead) => MemberChangeKind.Evicted,
        (SiloStatus.ShuttingDown or SiloStatus.Stopping, SiloStatus.Dead) => MemberChangeKind.Left,
        _ => null,
    };
}
