using System.Globalization;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Gathers the fields of a form, in whatever order they come.</summary>
/// <param name="translates">Whether the form is one of <c>audio/translations</c>.</param>
public sealed class TranscriptionForm(bool translates)
{
    private const int LanguageCharsMax = 16;

    private readonly List<string> languages = [];
    private readonly List<string> keywords = [];
    private string? model;
    private string? prompt;
    private double? temperature;
    private TranscriptFormat format;
    private bool wantsGranularity;
    private bool stream;

    /// <exception cref="TranslationException">The field asks for what cannot be had; names it.</exception>
    public void Add(string name, string value)
    {
        var field = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        switch (field)
        {
            case "model":
                model = value.Trim();
                break;
            case "prompt":
                prompt = value;
                break;
            case "language" or "languages":
                AddLanguage(value.Trim(), field);
                break;
            case "keywords" when !string.IsNullOrWhiteSpace(value):
                keywords.Add(value);
                break;
            case "temperature" when value.Length > 0:
                temperature = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 2
                    ? number
                    : throw Wrong("must be 0 to 2.", field);
                break;
            case "response_format":
                format = FormatOf(value.Trim().ToLowerInvariant());
                break;
            case "stream":
                stream = value.Trim().ToLowerInvariant() switch
                {
                    "true" or "1" => true,
                    "false" or "0" or "" => false,
                    _ => throw Wrong("must be true or false.", field),
                };
                break;
            case "include" when value.Contains("logprobs", StringComparison.Ordinal):
                throw Wrong("asks for log probabilities, which transcripts do not have here.", field);
            case "timestamp_granularities":
                wantsGranularity = value.Trim() is "segment" ? true : throw Wrong("must be segment: when single words are said is not told here.", field);
                break;
            case "known_speaker_names" or "known_speaker_references":
                throw Wrong("asks who speaks, which is not told apart here.", field);
            default:
                break; // What else there is only tunes OpenAI's own models.
        }
    }

    /// <exception cref="TranslationException">A field is missing, or two do not go together.</exception>
    public TranscriptionRequest Finish()
    {
        var request = new TranscriptionRequest
        {
            Model = string.IsNullOrEmpty(model) ? throw Wrong("is required.", "model") : model,
            Translates = translates,
            Languages = languages,
            Prompt = string.IsNullOrWhiteSpace(prompt) ? null : prompt.Trim(),
            Keywords = keywords,
            Temperature = temperature,
            Format = format,
            Stream = stream,
        };
        return wantsGranularity && format is not TranscriptFormat.VerboseJson ? throw Wrong("needs the response_format verbose_json.", "timestamp_granularities")
            : request is { Stream: true, WithTimes: true } ? throw Wrong("cannot be true where times are asked for: these are known when all is heard.", "stream")
            : request;
    }

    private static TranslationException Wrong(string complaint, string field) => new($"{field} {complaint}", field);

    private static TranscriptFormat FormatOf(string name) => name switch
    {
        "" or "json" => TranscriptFormat.Json,
        "text" => TranscriptFormat.Text,
        "verbose_json" => TranscriptFormat.VerboseJson,
        "srt" => TranscriptFormat.Srt,
        "vtt" => TranscriptFormat.Vtt,
        "diarized_json" => throw Wrong("is diarized_json, but speakers are not told apart here. Ask for json, text, verbose_json, srt or vtt.", "response_format"),
        _ => throw Wrong("must be json, text, verbose_json, srt or vtt.", "response_format"),
    };

    private void AddLanguage(string language, string field)
    {
        if (language.Length == 0)
        {
            return;
        }

        if (language.Length > LanguageCharsMax || language.Any(c => !char.IsAsciiLetter(c) && c is not '-'))
        {
            throw Wrong("must be a code such as en or pt-BR.", field);
        }

        languages.Add(language);
    }
}
