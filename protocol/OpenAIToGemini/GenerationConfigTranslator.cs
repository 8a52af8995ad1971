using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Everything that says how to answer.</summary>
internal static class GenerationConfigTranslator
{
    private const double TemperatureMax = 2;
    private const string Text = "TEXT";
    private const string Image = "IMAGE";
    private const string Audio = "AUDIO";

    /// <param name="withTools">Before Gemini 3, tools and a JSON answer exclude each other.</param>
    public static GenerationConfig? Translate(ChatCompletionRequest request, TranslationContext context, bool withTools)
    {
        var model = context.Model;
        var max = (request.MaxCompletionTokens ?? request.MaxTokens) is { } tokens and > 0 ? tokens : (int?)null;
        var json = request.ResponseFormat is { IsJson: true } && (!withTools || model.IsGeneration3);
        var (plain, schema) = json && request.ResponseFormat!.Schema is { } given ? context.Clean(given) : (null, null);
        var logprobs = request.Logprobs && !context.Options.OmitLogprobs;
        var config = new GenerationConfig
        {
            Temperature = model.TakesSampling && request.Temperature is { } temperature ? Math.Clamp(temperature, 0, TemperatureMax) : null,
            TopP = model.TakesSampling ? request.TopP : null,
            TopK = model.TakesSampling && request.TopK > 0 ? request.TopK : null,
            CandidateCount = request.N > 1 && Calls(request, context.Options) == 1 ? request.N : null,
            MaxOutputTokens = max,
            StopSequences = request.Stop.Count > 0 ? [.. request.Stop] : null,
            Seed = Seed(request.Seed),
            PresencePenalty = Penalty(request.PresencePenalty, model),
            FrequencyPenalty = Penalty(request.FrequencyPenalty, model),
            ResponseLogprobs = logprobs ? true : null,
            Logprobs = logprobs && request.TopLogprobs > 0 ? request.TopLogprobs : null,
            ResponseMimeType = json ? "application/json" : null,
            ResponseSchema = plain,
            ResponseJsonSchema = schema,
            ResponseModalities = Modalities(request, model, context.Options.Features.Image),
            ThinkingConfig = ThinkingTranslator.Translate(request, max, context),
            SpeechConfig = Speech(request, model),
            ImageConfig = request.ImageConfig is { } image && (image.AspectRatio ?? image.ImageSize) is not null ? new ImageConfig(image.AspectRatio, image.ImageSize) : null,
        };
        return IsEmpty(config) ? null : config;
    }

    /// <summary>Streams carry one candidate each, so several choices are several calls.</summary>
    public static int Calls(ChatCompletionRequest request, ChatTranslationOptions options) =>
        request.Stream || options.OneChoicePerCall || request.N > RequestLimits.CandidatesPerCallMax ? request.N : 1;

    // 32 bits upstream, more with OpenAI; the same seed must stay the same number.
    private static int? Seed(double? seed) => seed is { } value ? (int)(Math.Truncate(value) % int.MaxValue) : null;

    private static double? Penalty(double? penalty, ModelTraits model) => penalty is null or 0 || !model.TakesPenalties ? null : penalty;

    private static List<string>? Modalities(ChatCompletionRequest request, ModelTraits model, bool named)
    {
        if (model.IsSpeech)
        {
            return [Audio];
        }

        if (named || model.IsImage || request.Modalities.Contains("image"))
        {
            return [Text, Image];
        }

        return request.Modalities.Contains("audio") ? request.Modalities.Contains("text") ? [Text, Audio] : [Audio] : null;
    }

    private static SpeechConfig? Speech(ChatCompletionRequest request, ModelTraits model) =>
        request.Audio?.Voice is { Length: > 0 } voice && (model.IsSpeech || request.Modalities.Contains("audio"))
            ? new SpeechConfig(new VoiceConfig(new PrebuiltVoiceConfig(Voices.Translate(voice))))
            : null;

    private static bool IsEmpty(GenerationConfig config) => config is
    {
        Temperature: null, TopP: null, TopK: null, CandidateCount: null, MaxOutputTokens: null, StopSequences: null, Seed: null, PresencePenalty: null,
        FrequencyPenalty: null, ResponseLogprobs: null, ResponseMimeType: null, ResponseModalities: null, ThinkingConfig: null, SpeechConfig: null, ImageConfig: null,
    };
}
