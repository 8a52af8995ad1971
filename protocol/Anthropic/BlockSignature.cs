namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Gemini's thought signatures as <c>signature</c> of thinking blocks. A mark tells them from Claude's, which Gemini refuses.</summary>
internal static class BlockSignature
{
    /// <summary>Alone it stands for a thought that came without a signature: clients drop blocks whose signature is empty.</summary>
    public const string Mark = "gemini:";

    public static string Wrap(string? signature) => Mark + signature;

    /// <returns>Null when there is none of Gemini's.</returns>
    public static string? Unwrap(string? signature) =>
        signature is not null && signature.Length > Mark.Length && signature.StartsWith(Mark, StringComparison.Ordinal) ? signature[Mark.Length..] : null;
}
