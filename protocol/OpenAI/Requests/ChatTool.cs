namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Name">The function's name, or the type of a built-in tool such as <c>web_search</c>.</param>
/// <param name="Parameters">JSON schema, unread.</param>
public sealed record ChatTool(ChatToolKind Kind, string Name, string? Description = null, RawJson? Parameters = null)
{
    /// <summary>The name of the group that the client has put the tool in, which is a part of <see cref="Name"/> too; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The tools of a group, when the entry is one; they are declared in its place.</summary>
    internal IReadOnlyList<ChatTool>? Members { get; init; }
}
