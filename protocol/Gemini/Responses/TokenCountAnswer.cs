namespace GeminiBalance.Protocol.Gemini;

/// <summary>The answer of <c>countTokens</c>.</summary>
internal sealed class TokenCountAnswer
{
    public long? TotalTokens { get; set; }
}
