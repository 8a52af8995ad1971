namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>completions</c> body, the API before chats.</summary>
public sealed class CompletionRequest
{
    /// <summary>In the client's own spelling.</summary>
    public required string Model { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }

    /// <summary>The same as chats, one per prompt.</summary>
    public required IReadOnlyList<ChatCompletionRequest> Chats { get; init; }

    /// <summary>Whether each choice begins with its prompt.</summary>
    public bool Echo { get; init; }

    public bool Stream => Chats[0].Stream;

    public bool IncludeUsage => Chats[0].StreamOptions?.IncludeUsage ?? false;

    /// <summary>Choices per prompt.</summary>
    public int N => Chats[0].N;
}
