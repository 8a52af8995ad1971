namespace GeminiBalance.Protocol.Gemini;

/// <summary>One entry of <c>tools</c>: all functions together, or one built-in tool.</summary>
public sealed class GeminiTool
{
    public List<FunctionDeclaration>? FunctionDeclarations { get; init; }

    public EmptyObject? GoogleSearch { get; init; }

    public EmptyObject? CodeExecution { get; init; }

    public EmptyObject? UrlContext { get; init; }
}
