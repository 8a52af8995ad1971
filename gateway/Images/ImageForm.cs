using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>A form as it came: its texts by field, and its pictures.</summary>
internal sealed class ImageForm
{
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public List<MediaContent> Images { get; } = [];

    public MediaContent? Mask { get; set; }
}
