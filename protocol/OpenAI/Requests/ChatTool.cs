namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Name">The function's name, or the type of a built-in tool such as <c>web_search</c>.</param>
/// <param name="Parameters">JSON schema, unread.</param>
public sealed record ChatTool(ChatToolKind Kind, string Name, string? Description = null, RawJson? Parameters = null);
