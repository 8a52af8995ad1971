namespace GeminiBalance.Protocol.Gemini;

/// <summary>One turn. Parts are never empty.</summary>
public sealed class GeminiContent
{
    public const string UserRole = "user";
    public const string ModelRole = "model";

    /// <summary>Null only in a system instruction.</summary>
    public string? Role { get; init; }

    public required List<GeminiPart> Parts { get; init; }
}
