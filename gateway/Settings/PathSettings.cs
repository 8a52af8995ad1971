namespace GeminiBalance.Gateway.Settings;

/// <summary>What becomes of paths that no route serves.</summary>
public sealed record PathSettings
{
    /// <summary>Whether a path with a wrong, missing or doubled beginning is served as the one it means.</summary>
    public bool IsForgiving { get; init; }
}
