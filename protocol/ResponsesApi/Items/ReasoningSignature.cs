namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A thought signature as <c>encrypted_content</c>. The mark tells it from what other services put there, which Gemini would refuse.</summary>
internal static class ReasoningSignature
{
    private const string Mark = "gemini.";

    public static string Write(string signature) => Mark + signature;

    public static string? Read(string? encryptedContent) =>
        encryptedContent?.StartsWith(Mark, StringComparison.Ordinal) is true ? encryptedContent[Mark.Length..] : null;
}
