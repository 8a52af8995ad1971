namespace GeminiBalance.Protocol.Gemini;

public sealed class GeminiModel
{
    /// <summary>With its prefix, such as <c>models/gemini-2.5-flash</c>.</summary>
    public string? Name { get; set; }

    public string? DisplayName { get; set; }

    public int? InputTokenLimit { get; set; }

    public int? OutputTokenLimit { get; set; }

    /// <summary>Such as <c>generateContent</c> or <c>embedContent</c>.</summary>
    public List<string?>? SupportedGenerationMethods { get; set; }
}
