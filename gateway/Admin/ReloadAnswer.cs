namespace GeminiBalance.Gateway.Admin;

/// <param name="Changed">Settings that are another now and in force.</param>
/// <param name="NeedRestart">Settings that are another now and wait for the next start.</param>
/// <param name="KeysAdded">Keys that <c>API_KEYS</c> brought.</param>
/// <param name="KeysRemoved">Keys that <c>API_KEYS</c> took.</param>
/// <param name="Errors">What is wrong; then nothing was changed.</param>
/// <param name="Notes">What was tolerated.</param>
internal sealed record ReloadAnswer(
    IReadOnlyList<string> Changed, IReadOnlyList<string> NeedRestart, int KeysAdded, int KeysRemoved, IReadOnlyList<string> Errors, IReadOnlyList<string> Notes);
