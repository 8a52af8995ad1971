namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What an item of a conversation is to the translation.</summary>
public enum InputItemKind
{
    /// <summary>Words, media or code of the user, the model or the operator.</summary>
    Message,

    /// <summary>A call of a tool of the client.</summary>
    Call,

    /// <summary>What a tool of the client gave.</summary>
    Result,

    /// <summary>Thoughts, of which only the signature goes back.</summary>
    Reasoning,

    /// <summary>Stands for an item that is stored.</summary>
    Reference,

    /// <summary>Tells of the past what the model need not be told, such as a search.</summary>
    Silent,
}
