namespace GeminiBalance.Protocol.Gemini;

/// <summary>One function. At most one of the two forms of parameters; neither when it takes none.</summary>
public sealed class FunctionDeclaration
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Gemini's own Schema dialect: an unknown key is refused.</summary>
    public RawJson? Parameters { get; init; }

    /// <summary>JSON schema; Gemini 2.5 and newer.</summary>
    public RawJson? ParametersJsonSchema { get; init; }
}
