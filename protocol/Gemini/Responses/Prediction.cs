namespace GeminiBalance.Protocol.Gemini;

/// <summary>One picture, or why it was withheld.</summary>
public sealed class Prediction
{
    public string? MimeType { get; set; }

    /// <summary>Base64.</summary>
    public Utf8Text BytesBase64Encoded { get; set; }

    public string? RaiFilteredReason { get; set; }

    /// <summary>The prompt as the model rewrote it.</summary>
    public string? Prompt { get; set; }
}
