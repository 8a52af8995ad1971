namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingKinds
{
    private const int TokenCharsMax = 512;

    public static SettingKind<Secret> Token { get; } = new(
        "text",
        $"1 to {TokenCharsMax} printable ASCII characters without spaces",
        text => IsToken(text) ? new Secret(text) : Wrong<Secret>());

    public static SettingKind<IReadOnlyList<Secret>> Tokens { get; } = new("list", $"a list of tokens, each {Token.Allowed}", text =>
    {
        var list = SettingText.ParseList(text);
        if (!list.IsGood || list.Value.Any(item => !IsToken(item)))
        {
            return new(null, list.Problem ?? "one of the entries has other characters or is too long", null);
        }

        return new(list.Value.Distinct(StringComparer.Ordinal).Select(item => new Secret(item)).ToList(), null, null);
    });

    public static SettingKind<Secret> Passphrase { get; } = new(
        "text",
        "32 random bytes as base64, or any text of at least 12 characters",
        text => text.Length >= 12 ? new Secret(text) : Wrong<Secret>());

    private static bool IsToken(string text) => text.Length is > 0 and <= TokenCharsMax && text.All(c => c is > ' ' and < '\u007f');
}
