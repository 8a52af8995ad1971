namespace GeminiBalance.Load.Cluster;

/// <summary>A key as the admin API shows it.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="State">Such as <c>active</c> or <c>disabled</c>.</param>
/// <param name="Reason">Why it is out of use.</param>
/// <param name="SpentToday">Requests of this Pacific day, over all models.</param>
internal sealed record ListedKey(string Id, string State, string? Reason, long SpentToday);
