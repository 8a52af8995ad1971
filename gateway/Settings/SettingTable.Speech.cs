namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> Speech => Group(
        "Speech",
        Line("TTS_MODEL", SettingKinds.Model, "gemini-2.5-flash-preview-tts", nameof(GatewaySettings.Speech), SettingTraits.None,
            (s, v) => s with { Speech = s.Speech with { Model = v } },
            "The model that speaks for OpenAI's names (`tts-1`, `gpt-4o-mini-tts`) and for calls without a model."),
        Line("TTS_VOICE_NAME", SettingKinds.Voice, "Zephyr", nameof(GatewaySettings.Speech), SettingTraits.None,
            (s, v) => s with { Speech = s.Speech with { Voice = v } },
            "The voice of calls that name none, or one that is nobody's. OpenAI's voices are matched with Gemini's."),
        Line("TTS_SPEED", SettingKinds.Pace, "normal", nameof(GatewaySettings.Speech), SettingTraits.None,
            (s, v) => s with { Speech = s.Speech with { Pace = v } },
            "The pace of calls that ask for none."),
        Line("TRANSCRIPTION_MODEL", SettingKinds.Model, "gemini-2.5-flash", nameof(GatewaySettings.Speech), SettingTraits.None,
            (s, v) => s with { Speech = s.Speech with { TranscriptionModel = v } },
            "The model that writes down speech for OpenAI's names (`whisper-1`, `gpt-4o-transcribe`)."));
}
