namespace GeminiBalance.Storage.MySql;

/// <summary>What a reader of the roster has to catch up with.</summary>
/// <param name="Version">What the reader knows afterwards: to be asked with the next time. It grows with each change, not always by one.</param>
/// <param name="Rows">In the order of their versions.</param>
public sealed record RosterChanges(long Version, IReadOnlyList<RosterRow> Rows);
