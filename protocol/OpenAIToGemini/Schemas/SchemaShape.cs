namespace GeminiBalance.Protocol.OpenAIToGemini;

internal enum SchemaShape
{
    /// <summary>An object without properties.</summary>
    Empty,

    /// <summary>Within the subset, may travel as it is.</summary>
    Plain,

    /// <summary>Must be rewritten.</summary>
    Foreign,
}
