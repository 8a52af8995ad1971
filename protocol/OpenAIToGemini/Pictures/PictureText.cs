namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A picture that a client names by text. One of the two is set.</summary>
/// <param name="Content">What the text itself holds.</param>
/// <param name="Remote">Where to fetch it.</param>
public readonly record struct PictureText(MediaContent? Content, Uri? Remote)
{
    /// <param name="text">A data URI, bare base64, or an address.</param>
    /// <param name="param">The field, for errors.</param>
    /// <exception cref="TranslationException">It is none of them.</exception>
    public static PictureText Read(string text, string param)
    {
        if (MediaAddress.Remote(text) is { } remote)
        {
            return new(null, remote);
        }

        var data = DataUri.IsDataUri(text) ? DataUri.Parse(text) : FromBare(text);
        return data is { } read
            ? new(Checked(new MediaContent(read.MimeType, read.Base64.ToString()), param), null)
            : throw new TranslationException($"{param} must be a data URI, base64 or an http(s) address of a picture.", param, "invalid_image_url");
    }

    /// <summary>The same picture with its type in Gemini's spelling.</summary>
    /// <exception cref="TranslationException">It is no picture that Gemini reads.</exception>
    public static MediaContent Checked(MediaContent content, string param)
    {
        var type = MimeTypes.Normalize(content.MimeType);
        type = MimeTypes.IsSupported(type) ? type : Base64Text.TypeOf(content.Base64) ?? type;
        return type.StartsWith("image/", StringComparison.Ordinal) && MimeTypes.IsSupported(type)
            ? content with { MimeType = type }
            : throw new TranslationException(
                $"{param} is of type '{(type.Length == 0 ? "unknown" : type)}'; Gemini reads PNG, JPEG, WebP, HEIC and HEIF.", param, "unsupported_media_type");
    }

    private static DataUri? FromBare(string text) =>
        Base64Text.Normalize(text.AsMemory().Trim()) is { } bare && Base64Text.TypeOf(bare.Span) is { } type ? new DataUri(type, bare) : null;
}
