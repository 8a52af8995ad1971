namespace GeminiBalance.Protocol.OpenAI;

public enum ToolChoiceMode
{
    Auto,
    None,

    /// <summary>At least one tool must be called.</summary>
    Required,
}
