namespace GeminiBalance.FakeGemini;

/// <summary>Tokens by rule of thumb: a token per four characters begun, 258 per picture or file.</summary>
internal static class TokenCounter
{
    public const int PerMedium = 258;

    public static int Count(string? text) => text is null ? 0 : (text.Length + 3) / 4;

    public static int OfLength(long characters) => (int)((characters + 3) / 4);
}
