namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>OpenAI's voices by Gemini's nearest in character.</summary>
internal static class Voices
{
    // https://ai.google.dev/gemini-api/docs/speech-generation#voices
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "Achernar", "Achird", "Algenib", "Algieba", "Alnilam", "Aoede", "Autonoe", "Callirrhoe", "Charon", "Despina", "Enceladus", "Erinome", "Fenrir", "Gacrux", "Iapetus",
        "Kore", "Laomedeia", "Leda", "Orus", "Puck", "Pulcherrima", "Rasalgethi", "Sadachbia", "Sadaltager", "Schedar", "Sulafat", "Umbriel", "Vindemiatrix", "Zephyr", "Zubenelgenubi",
    };

    /// <summary>The voice asked for, or the other one where it is nobody's. A voice that is newer than this list is one only as <paramref name="otherwise"/>.</summary>
    public static string Translate(string? voice, string otherwise) =>
        string.IsNullOrEmpty(voice) || Translate(voice) is not { } name || !Known.Contains(name) ? Translate(otherwise) : name;

    public static string Translate(string voice) => voice.ToLowerInvariant() switch
    {
        "alloy" => "Kore",
        "ash" => "Charon",
        "ballad" => "Enceladus",
        "coral" => "Aoede",
        "echo" => "Puck",
        "fable" => "Fenrir",
        "nova" => "Leda",
        "onyx" => "Orus",
        "sage" => "Autonoe",
        "shimmer" => "Zephyr",
        "verse" => "Iapetus",
        "marin" => "Sulafat",
        "cedar" => "Algieba",
        _ => char.ToUpperInvariant(voice[0]) + voice[1..],
    };
}
