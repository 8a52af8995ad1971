using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A request for speech to a call of one of Gemini's speech models. Pure.</summary>
public static class SpeechRequestTranslator
{
    private const string Audio = "AUDIO";

    /// <summary>Writes the body as UTF-8 JSON.</summary>
    /// <exception cref="TranslationException">Google's own options are not what they should be.</exception>
    public static void Write(SpeechRequest request, SpeechTranslationOptions options, IBufferWriter<byte> output)
    {
        var body = new GenerateContentRequest
        {
            Contents = [new GeminiContent { Role = GeminiContent.UserRole, Parts = [PartOf(request, options)] }],
            SafetySettings = options.SafetySettings.Count > 0 ? [.. options.SafetySettings] : null,
            GenerationConfig = new GenerationConfig
            {
                ResponseModalities = [Audio],
                SpeechConfig = new SpeechConfig(new VoiceConfig(new PrebuiltVoiceConfig(Voices.Translate(request.Voice, options.Voice)))),
            },
        };
        using var writer = new Utf8JsonWriter(output, GeminiRequestContext.WriterOptions);
        var google = GoogleOptions.Read(request.Google);
        if (google.IsEmpty)
        {
            JsonSerializer.Serialize(writer, body, GeminiRequestContext.Default.GenerateContentRequest);
        }
        else
        {
            google.MergeInto(JsonSerializer.SerializeToUtf8Bytes(body, GeminiRequestContext.Default.GenerateContentRequest)).WriteTo(writer);
        }
    }

    // Up to 3.1 the style is part of the text, which the model understands; newer models would read it out.
    private static GeminiPart PartOf(SpeechRequest request, SpeechTranslationOptions options)
    {
        if (SpeechStyle.Of(request, options.Pace) is not { } style)
        {
            return new GeminiPart { Text = request.Input };
        }

        return ModelTraits.Of(options.Model).TakesSpeechMetadata
            ? new GeminiPart { Text = request.Input, SpeechMetadata = new SpeechMetadata(style) }
            : new GeminiPart { Text = $"Read the following text aloud. {style}\n\n{request.Input}" };
    }
}
