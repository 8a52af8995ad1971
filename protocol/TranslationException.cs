namespace GeminiBalance.Protocol;

/// <summary>The request cannot be said in the other dialect, or is not valid in its own. Always a 400 for the client, never a retry.</summary>
/// <param name="message">What is wrong and what would be right; shown to the client.</param>
/// <param name="param">The field at fault in the client's own spelling, such as <c>messages[2].content</c>.</param>
/// <param name="code">OpenAI's error code, such as <c>unsupported_parameter</c>.</param>
public sealed class TranslationException(string message, string? param = null, string? code = null) : Exception(message)
{
    public string? Param { get; } = param;

    public string? Code { get; } = code;
}
