namespace GeminiBalance.Gateway.Admin;

/// <summary>Keys to add: as a list, or as pasted text in which they are looked for.</summary>
internal sealed record AddKeysRequest(IReadOnlyList<string>? Keys, string? Text);
