namespace GeminiBalance.Gateway.Admin;

/// <summary>Keys to add: as a list, or as pasted text in which they are looked for; and what is decided about all of them.</summary>
internal sealed record AddKeysRequest(IReadOnlyList<string>? Keys, string? Text) : KeyProfileInput;
