namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A prompt of the old API as a chat.</summary>
internal static class CompletionPrompt
{
    private const string FillIn =
        "The user gives the text before a gap and the text behind it. Write what belongs into the gap, so that the three read as one. "
        + "Answer with nothing else: do not repeat the given texts, do not explain, do not add quotes or code fences.";

    /// <param name="suffix">What stands behind the gap; null when the prompt is simply answered, as instruct models do.</param>
    public static List<ChatMessage> ToMessages(string prompt, string? suffix) => string.IsNullOrEmpty(suffix)
        ? [Message(ChatRole.User, prompt)]
        : [Message(ChatRole.System, FillIn), Message(ChatRole.User, $"<before>{prompt}</before><behind>{suffix}</behind>")];

    private static ChatMessage Message(ChatRole role, string text) => new() { Role = role, Content = new MessageContent(text, null) };
}
