namespace GeminiBalance.Gateway.Hosting;

/// <summary>What the start banner tells beside the settings.</summary>
/// <param name="KeyCount">Keys in the pool.</param>
/// <param name="Data">Where what is kept is.</param>
/// <param name="FreshToken">The admin token, when it was generated just now; to be shown once.</param>
internal sealed record StartFacts(int KeyCount, string Data, string? FreshToken);
