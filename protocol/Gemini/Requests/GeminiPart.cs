using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Exactly one of text, data, file, call or response, and what modifies it.</summary>
public sealed class GeminiPart
{
    public string? Text { get; init; }

    public GeminiBlob? InlineData { get; init; }

    public GeminiFileData? FileData { get; init; }

    public GeminiFunctionCall? FunctionCall { get; init; }

    public GeminiFunctionResponse? FunctionResponse { get; init; }

    public GeminiCode? ExecutableCode { get; init; }

    public GeminiCodeResult? CodeExecutionResult { get; init; }

    /// <summary>Base64, standard or URL-safe; belongs to this very part.</summary>
    public string? ThoughtSignature { get; set; }

    /// <summary>Gemini 3 only.</summary>
    public PartMediaResolution? MediaResolution { get; init; }

    /// <summary>How a text is spoken; speech models from 3.8 on.</summary>
    public SpeechMetadata? SpeechMetadata { get; init; }

    [JsonIgnore]
    public bool IsFunctionResponse => FunctionResponse is not null;
}
