namespace GeminiBalance.Protocol.Gemini;

/// <summary>How to answer. Absent members leave the model's default.</summary>
public sealed class GenerationConfig
{
    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public int? TopK { get; init; }

    public int? CandidateCount { get; init; }

    /// <summary>Tokens; thoughts are taken from it too.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>At most 5, none empty.</summary>
    public List<string>? StopSequences { get; init; }

    public int? Seed { get; init; }

    public double? PresencePenalty { get; init; }

    public double? FrequencyPenalty { get; init; }

    public bool? ResponseLogprobs { get; init; }

    /// <summary>0 to 20; only with <see cref="ResponseLogprobs"/>.</summary>
    public int? Logprobs { get; init; }

    public string? ResponseMimeType { get; init; }

    /// <summary>Gemini's own Schema dialect; never beside <see cref="ResponseJsonSchema"/>.</summary>
    public RawJson? ResponseSchema { get; init; }

    /// <summary>JSON schema; Gemini 2.5 and newer.</summary>
    public RawJson? ResponseJsonSchema { get; init; }

    /// <summary><c>TEXT</c>, <c>IMAGE</c>, <c>AUDIO</c>.</summary>
    public List<string>? ResponseModalities { get; init; }

    public ThinkingConfig? ThinkingConfig { get; init; }

    public SpeechConfig? SpeechConfig { get; init; }

    public ImageConfig? ImageConfig { get; init; }
}
