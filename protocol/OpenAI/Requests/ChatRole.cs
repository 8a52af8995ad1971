namespace GeminiBalance.Protocol.OpenAI;

public enum ChatRole
{
    System,
    Developer,
    User,
    Assistant,
    Tool,

    /// <summary>The old form of <see cref="Tool"/>, matched by name.</summary>
    Function,
}
