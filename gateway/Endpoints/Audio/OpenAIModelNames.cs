using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Names that are never Gemini's: clients have them built in, so that a model of the operator's choice stands for them.</summary>
internal static class OpenAIModelNames
{
    private static readonly string[] Beginnings = ["gpt-", "tts-", "whisper", "text-embedding-3-", "text-embedding-ada-"];

    /// <param name="names">Knows aliases, which come first.</param>
    /// <param name="requested">The client's spelling.</param>
    /// <param name="substitute">What stands for OpenAI's models.</param>
    /// <param name="settings">The settings of the request.</param>
    public static ModelRequest Resolve(ModelNames names, string requested, string substitute, GatewaySettings settings)
    {
        var model = names.Parse(requested, settings);
        return Array.Exists(Beginnings, beginning => model.Model.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            ? names.Parse(substitute, settings) with { Name = requested }
            : model;
    }
}
