using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Keys of particular uses.</summary>
public sealed record KeySettings
{
    /// <summary>The key of calls that only a paid key can serve; null for none.</summary>
    public ApiKey? Paid { get; init; }

    /// <summary>Keys of Vertex AI in express mode.</summary>
    public IReadOnlyList<ApiKey> Vertex { get; init; } = [];
}
