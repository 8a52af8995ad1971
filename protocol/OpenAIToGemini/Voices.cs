namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>OpenAI's voices by Gemini's nearest in character.</summary>
internal static class Voices
{
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
