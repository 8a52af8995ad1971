namespace GeminiBalance.Gateway.Import;

/// <param name="Name">The setting; hidden when it might hold a secret itself.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Note">The value, without secrets, or the reason.</param>
/// <param name="Text">What is stored, where that is not all that gemini-balance says.</param>
internal sealed record ImportLine(string Name, ImportVerdict Verdict, string Note, string? Text = null);
