using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What a request of an Anthropic client is upstream.</summary>
internal sealed class AnthropicCalls(ModelNames names, RequestMedia media, IThoughtSignatures signatures)
{
    /// <returns>How to translate it, its media fetched.</returns>
    /// <exception cref="ClientErrorException">The model is not served.</exception>
    /// <exception cref="TranslationException">Media cannot be fetched, or the model's name is none.</exception>
    public async ValueTask<ChatTranslationOptions> OptionsAsync(AnthropicRequest request, GatewaySettings current, CancellationToken client) =>
        ChatDefaults.Translation(ModelOf(request.Chat.Model, current), current) with
        {
            Media = await media.FetchAsync(request.Chat, client),
            Signatures = signatures,
        };

    /// <summary>The upstream's model for a client's name, which may be Anthropic's, and may ask for more by its endings.</summary>
    public ModelRequest ModelOf(string name, GatewaySettings current) => names.Parse(current.Anthropic.ModelFor(name), current);
}
