using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingKinds
{
    private const int VoiceCharsMax = 64;

    public static SettingKind<string> Voice { get; } = new(
        "voice",
        "the name of a voice, such as `Zephyr` or `Kore`, or one of OpenAI's, such as `alloy`",
        text => text.Length is > 0 and <= VoiceCharsMax && text.All(char.IsAsciiLetter) ? text : Wrong<string>());

    public static SettingKind<SpeechPace> Pace { get; } = new("word", "`slow`, `normal` or `fast`", text => text.ToLowerInvariant() switch
    {
        "slow" => SpeechPace.Slow,
        "normal" => SpeechPace.Normal,
        "fast" => SpeechPace.Fast,
        _ => Wrong<SpeechPace>(),
    });
}
