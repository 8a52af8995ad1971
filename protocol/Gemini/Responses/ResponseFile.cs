namespace GeminiBalance.Protocol.Gemini;

public sealed class ResponseFile
{
    public string? MimeType { get; set; }

    public string? FileUri { get; set; }
}
