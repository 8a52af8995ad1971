using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>What speech models refuse.</summary>
internal static class SpeechRules
{
    private static readonly string[] Voices =
    [
        "achernar", "achird", "algenib", "algieba", "alnilam", "aoede", "autonoe", "callirrhoe", "charon", "despina", "enceladus", "erinome", "fenrir", "gacrux", "iapetus",
        "kore", "laomedeia", "leda", "orus", "puck", "pulcherrima", "rasalgethi", "sadachbia", "sadaltager", "schedar", "sulafat", "umbriel", "vindemiatrix", "zephyr", "zubenelgenubi",
    ];

    public static FakeError? Check(JsonElement config, FakeModel model)
    {
        if (model.Kind != ModelKind.Speech)
        {
            return null;
        }

        if (model.SpeaksInFiles && (config.Has("temperature") || config.Has("topP") || config.Has("topK")))
        {
            return FakeError.Invalid("Sampling parameters are not supported for this model.");
        }

        return VoicesOf(config.Member("speechConfig")).FirstOrDefault(voice => !Voices.Contains(voice, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? FakeError.Invalid($"Voice name {unknown} is not supported. Allowed voice names are: {string.Join(", ", Voices)}")
            : null;
    }

    private static IEnumerable<string> VoicesOf(JsonElement speech) =>
        speech.Member("multiSpeakerVoiceConfig").Items("speakerVoiceConfigs").Append(speech)
            .Select(one => one.Member("voiceConfig").Member("prebuiltVoiceConfig").Text("voiceName")).OfType<string>();
}
