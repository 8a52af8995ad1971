namespace GeminiBalance.Silo.Membership;

/// <summary>What became of a member of the cluster.</summary>
internal enum MemberChangeKind
{
    /// <summary>It takes activations from now on.</summary>
    Joined = 1,

    /// <summary>It hands its activations over.</summary>
    Leaving = 2,

    /// <summary>It left in order.</summary>
    Left = 3,

    /// <summary>The others declared it dead.</summary>
    Evicted = 4,
}
