using System.Collections.Frozen;

namespace GeminiBalance.Protocol.Models;

/// <summary>Models whose own names end like a suffix: they must not be cut before the upstream's list has been read either.</summary>
internal static class WellKnownModels
{
    public static FrozenSet<string> EndLikeSuffix { get; } = FrozenSet.Create(
        "gemini-2.5-flash-image", "gemini-3-pro-image", "gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-2.5-flash-preview-04-17-thinking");
}
