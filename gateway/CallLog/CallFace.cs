namespace GeminiBalance.Gateway.CallLog;

/// <summary>Where a call to the upstream comes from. Stored as numbers: never renumber.</summary>
internal enum CallFace
{
    /// <summary>A translated call of an OpenAI client.</summary>
    OpenAI = 1,

    /// <summary>A call of a Gemini client, byte for byte.</summary>
    Gemini = 2,

    /// <summary>A call to Google's own OpenAI layer, byte for byte.</summary>
    OpenAIForward = 3,

    /// <summary>The list of models, fetched for all clients.</summary>
    ModelList = 4,

    /// <summary>A verification of a key.</summary>
    Probe = 5,

    /// <summary>A translated call of an Anthropic client.</summary>
    Anthropic = 10,

    /// <summary>A session of the Live API; one row for the whole of it.</summary>
    Live = 20,

    /// <summary>A call to Vertex AI in express mode, byte for byte.</summary>
    Vertex = 21,
}
