using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Images;

/// <summary>How the upstream calls of one request ended.</summary>
/// <param name="Harvests">What those that succeeded brought, in order.</param>
/// <param name="Call">All attempts, with the failure of one that failed.</param>
internal sealed record ImageCallsResult(IReadOnlyList<ImageHarvest> Harvests, CallResult Call)
{
    public IReadOnlyList<GeneratedImage> Images { get; } = [.. Harvests.SelectMany(harvest => harvest.Images)];

    /// <summary>The tokens of all calls; null when none was told.</summary>
    public UsageMetadata? Usage => Harvests.Any(harvest => harvest.Usage is not null)
        ? TokenCounts.Sum(Harvests.Select(harvest => harvest.Usage).OfType<UsageMetadata>())
        : null;
}
