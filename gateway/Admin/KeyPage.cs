namespace GeminiBalance.Gateway.Admin;

/// <summary>One page of the keys that match, and how many keys of the whole pool are in each state (null when that is not known yet).</summary>
internal sealed record KeyPage(
    IReadOnlyList<KeyView> Items, int Page, int Limit, int TotalItems, int TotalPages, IReadOnlyDictionary<string, int>? States);
