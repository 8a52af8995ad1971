namespace GeminiBalance.Protocol.Gemini;

/// <summary>Why a candidate ended. A function call ends with <see cref="Stop"/>. Names as of the discovery document of April 2026.</summary>
public enum FinishReason
{
    /// <summary>A reason that is not known here; treated like <see cref="Other"/>.</summary>
    Unknown,
    Unspecified,
    Stop,
    MaxTokens,
    Safety,
    Recitation,
    Language,
    Other,
    Blocklist,
    ProhibitedContent,
    Spii,
    MalformedFunctionCall,
    ImageSafety,
    ImageProhibitedContent,
    ImageOther,
    NoImage,
    ImageRecitation,
    UnexpectedToolCall,
    TooManyToolCalls,
    MissingThoughtSignature,
    MalformedResponse,

    /// <summary>A filter of the caller's project on Vertex.</summary>
    ModelArmor,
}
