namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Which of Google's two ways of making pictures a model goes.</summary>
public static class ImageModels
{
    private static readonly string[] OpenAINames = ["dall-e", "gpt-image", "chatgpt-image"];

    /// <summary>Whether it is asked by <c>predict</c> and not by <c>generateContent</c>.</summary>
    /// <param name="model">After <see cref="ModelName.Normalize"/>.</param>
    public static bool IsImagen(string model) => model.StartsWith("imagen", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a chat model answers with pictures.</summary>
    public static bool Draws(string model) => ModelTraits.Of(model).IsImage;

    /// <summary>Whether pictures or films are all that a model makes, or what it is there for.</summary>
    public static bool DrawsOrFilms(string model) => IsImagen(model) || Draws(model) || model.StartsWith("veo", StringComparison.OrdinalIgnoreCase);

    /// <summary>The model that is asked: clients that know OpenAI's models only, or none, get the configured one.</summary>
    /// <param name="requested">In the client's own spelling.</param>
    /// <param name="configured">What stands in for OpenAI's models.</param>
    /// <exception cref="TranslationException">It is no model's name.</exception>
    public static string Resolve(string? requested, string configured)
    {
        if (string.IsNullOrWhiteSpace(requested))
        {
            return configured;
        }

        var name = ModelName.Normalize(requested);
        return Array.Exists(OpenAINames, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase)) ? configured : name;
    }
}
