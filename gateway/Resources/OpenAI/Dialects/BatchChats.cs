using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Chats as requests of batches, whatever they were asked as.</summary>
internal sealed class BatchChats(GatewaySettings settings, ModelNames names, RequestMedia media, IThoughtSignatures signatures)
{
    public ModelRequest Parse(string model) => names.Parse(model, settings);

    /// <param name="request">What is asked.</param>
    /// <param name="model">Which model, see <see cref="Parse"/>.</param>
    /// <param name="cancellationToken">Ends the wait for pictures.</param>
    /// <param name="withoutThoughts">Whether thoughts are not asked for, whatever the settings say.</param>
    /// <returns>A request of the upstream as UTF-8 JSON.</returns>
    /// <exception cref="TranslationException">The request cannot be part of a batch.</exception>
    public async ValueTask<byte[]> TranslateAsync(ChatCompletionRequest request, ModelRequest model, CancellationToken cancellationToken, bool withoutThoughts = false)
    {
        var defaults = ChatDefaults.Translation(model, settings);
        var options = defaults with
        {
            Media = await media.FetchAsync(request, cancellationToken), Signatures = signatures, IncludeThoughts = defaults.IncludeThoughts && !withoutThoughts,
        };
        var translated = ChatRequestTranslator.Translate(request, options);
        if (translated.ToolNames.Count > 0 || translated.CustomTools.Count > 0 || request.UsesLegacyFunctions || translated.Calls > 1)
        {
            throw new TranslationException(
                "asks for what needs the request again when its answer comes: custom tools, 'functions', tools whose names Gemini does not take, or several calls.");
        }

        var json = translated.ToUtf8Bytes();
        return NamedResources.Find(json) is [var named, ..]
            ? throw new TranslationException($"names {named.Root}. Requests of a batch cannot name files; send the data in the request.")
            : json;
    }
}
