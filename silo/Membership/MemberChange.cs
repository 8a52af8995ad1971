namespace GeminiBalance.Silo.Membership;

/// <summary>A member and what became of it.</summary>
internal readonly record struct MemberChange(SiloAddress Member, MemberChangeKind Kind);
