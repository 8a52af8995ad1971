namespace GeminiBalance.Protocol.Gemini;

/// <summary>Body of <c>generateContent</c> and <c>streamGenerateContent</c>, as far as a translated request needs it.</summary>
public sealed class GenerateContentRequest
{
    public GeminiContent? SystemInstruction { get; init; }

    public required List<GeminiContent> Contents { get; init; }

    public List<GeminiTool>? Tools { get; init; }

    public GeminiToolConfig? ToolConfig { get; init; }

    public List<GeminiSafetySetting>? SafetySettings { get; init; }

    public GenerationConfig? GenerationConfig { get; init; }

    /// <summary><c>flex</c> or <c>priority</c>; absent is standard.</summary>
    public string? ServiceTier { get; init; }
}
