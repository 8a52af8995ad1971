namespace GeminiBalance.Protocol.Gemini;

public sealed class ResponseBlob
{
    /// <summary>Such as <c>image/png</c> or <c>audio/L16;codec=pcm;rate=24000</c>.</summary>
    public string? MimeType { get; set; }

    /// <summary>Base64, several megabytes for a picture.</summary>
    public Utf8Text Data { get; set; }
}
