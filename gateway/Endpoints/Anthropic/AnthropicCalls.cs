using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What a request of an Anthropic client is upstream.</summary>
internal sealed class AnthropicCalls(ModelNames names, RequestMedia media, ThoughtSignatures signatures)
{
    /// <returns>How to translate it, its media fetched.</returns>
    /// <exception cref="ClientErrorException">The model is not served.</exception>
    /// <exception cref="TranslationException">Media cannot be fetched, or the model's name is none.</exception>
    public async ValueTask<ChatTranslationOptions> OptionsAsync(AnthropicRequest request, GatewaySettings current, string clientId, CancellationToken cancellationToken)
    {
        var options = ChatDefaults.Translation(ModelOf(request.Chat.Model, current), current);
        try
        {
            return options with
            {
                Media = await media.FetchAsync(request.Chat, cancellationToken),
                Signatures = await signatures.Of(clientId).ForAsync(request.Chat, cancellationToken),
            };
        }
        catch (TranslationException fault)
        {
            throw request.Named(fault);
        }
    }

    /// <summary>The call, ready to send.</summary>
    /// <exception cref="TranslationException">Gemini cannot be asked for it; names the client's own message.</exception>
    public static ChatCall Translate(AnthropicRequest request, ChatTranslationOptions options, GatewaySettings current, string clientId)
    {
        try
        {
            return new ChatCall(request.Chat, options, current, clientId, CallFace.Anthropic);
        }
        catch (TranslationException fault)
        {
            throw request.Named(fault);
        }
    }

    /// <summary>The upstream's model for a client's name, which may be Anthropic's, and may ask for more by its endings.</summary>
    public ModelRequest ModelOf(string name, GatewaySettings current) => names.Parse(current.Anthropic.ModelFor(name), current);
}
