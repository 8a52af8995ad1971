using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What no model of Google's can do, said before anything is spent.</summary>
internal static class ImageRules
{
    public static void Check(ImageRequest request, string model, bool isEdit)
    {
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw new TranslationException("prompt says nothing to draw.", "prompt");
        }

        if (request.N is < 1 or > RequestLimits.ImagesMax)
        {
            throw new TranslationException($"n must be from 1 to {RequestLimits.ImagesMax}.", "n");
        }

        CheckWord(request.ResponseFormat, "response_format", "url", "b64_json");
        CheckWord(request.Background, "background", "auto", "opaque");
        if (request.OutputFormat is { Length: > 0 } format && format is not ("png" or "jpeg" or "jpg"))
        {
            throw new TranslationException("output_format must be png or jpeg: Google's models make no other pictures.", "output_format", "unsupported_value");
        }

        if (request.OutputCompression is < 0 or > 100)
        {
            throw new TranslationException("output_compression must be from 0 to 100.", "output_compression");
        }

        if (isEdit)
        {
            CheckEdit(request, model);
        }
    }

    private static void CheckEdit(ImageRequest request, string model)
    {
        if (ImageModels.IsImagen(model))
        {
            throw new TranslationException(
                $"{model} makes new pictures only and cannot edit: name a Gemini image model, such as gemini-3.1-flash-image.", "model", "unsupported_value");
        }

        if (request.Images.Count > RequestLimits.EditedImagesMax)
        {
            throw new TranslationException($"image holds more than {RequestLimits.EditedImagesMax} pictures.", "image");
        }
    }

    private static void CheckWord(string? given, string param, string one, string other)
    {
        if (given is { Length: > 0 } && given != one && given != other)
        {
            throw new TranslationException($"{param} must be {one} or {other}.", param, "unsupported_value");
        }
    }
}
