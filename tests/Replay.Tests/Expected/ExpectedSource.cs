namespace GeminiBalance.Replay.Tests.Expected;

/// <summary>What a source is cited for.</summary>
/// <param name="Quote">The words of the answer that it supports; null when the recording does not say them.</param>
internal sealed record ExpectedSource(string Address, string? Quote);
