namespace GeminiBalance.Protocol.OpenAI;

public sealed class ChatMessage
{
    public required ChatRole Role { get; init; }

    public MessageContent Content { get; init; }

    /// <summary>A participant's name, or the function that a result belongs to.</summary>
    public string? Name { get; init; }

    public string? Refusal { get; init; }

    /// <summary>The old <c>function_call</c> is one call without an id.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    public string? ToolCallId { get; init; }

    /// <summary>Whether the result tells of a failure of the tool.</summary>
    public bool IsError { get; init; }

    /// <summary>Pictures of an earlier answer (<c>message.images</c>).</summary>
    public IReadOnlyList<ContentPart> Images { get; init; } = [];

    /// <summary>Of the message as a whole: belongs to its first call, else to its last text.</summary>
    public string? ThoughtSignature { get; init; }
}
