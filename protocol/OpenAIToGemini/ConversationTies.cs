namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What ties a conversation to the key it had before.</summary>
public static class ConversationTies
{
    /// <summary>The shortest prefix that any model caches: https://ai.google.dev/gemini-api/docs/caching.</summary>
    private const long CachedTokensMin = 1_024;

    /// <summary>Whether another key would cost something: a prefix that may be cached, or signatures it may not know.</summary>
    /// <param name="geminiBody">The request.</param>
    /// <param name="tokens">Its input tokens, rather too many than too few.</param>
    public static bool Any(ReadOnlySpan<byte> geminiBody, long tokens) =>
        tokens >= CachedTokensMin || geminiBody.IndexOf("thoughtSignature"u8) >= 0 || geminiBody.IndexOf("thought_signature"u8) >= 0;
}
