namespace GeminiBalance.Gateway.Endpoints;

/// <summary>A call whose signature is not known here.</summary>
/// <param name="Id">The client's id of it; may be empty.</param>
/// <param name="Fingerprint">What was called; null when it is not looked for by that.</param>
internal readonly record struct WantedSignature(string Id, string? Fingerprint);
