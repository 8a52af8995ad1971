namespace GeminiBalance.Protocol.OpenAIToGemini;

internal enum SchemaDialect
{
    /// <summary>Gemini's subset of JSON schema.</summary>
    Json,

    /// <summary>Gemini's own Schema.</summary>
    Gemini,

    /// <summary>The same for models that know no alternatives.</summary>
    GeminiWithoutAnyOf,
}
