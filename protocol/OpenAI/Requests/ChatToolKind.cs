namespace GeminiBalance.Protocol.OpenAI;

public enum ChatToolKind
{
    Function,

    /// <summary>A tool that takes free text in a grammar.</summary>
    Custom,

    /// <summary>A tool that runs upstream, named by its type alone.</summary>
    BuiltIn,
}
