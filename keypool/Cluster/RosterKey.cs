namespace GeminiBalance.KeyPool;

/// <summary>A key as gateways know it: the key itself, and what people decided about it.</summary>
public sealed record RosterKey(ApiKey Key, KeyProfile Profile);
