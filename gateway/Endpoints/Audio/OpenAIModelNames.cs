namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Names that are never Gemini's: clients have them built in, so that a model of the gateway's choice stands for them.</summary>
internal static class OpenAIModelNames
{
    private static readonly string[] Beginnings = ["gpt-", "tts-", "whisper"];

    public static bool Includes(string model) => Array.Exists(Beginnings, beginning => model.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
