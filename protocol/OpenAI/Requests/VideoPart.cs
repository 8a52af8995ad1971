namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>video_url</c>, an extension of several clients, or gemini-balance's <c>input_video</c>.</summary>
public sealed record VideoPart(string Url) : ContentPart
{
    /// <summary>Where the client put it.</summary>
    public string Member { get; private init; } = "video_url.url";

    /// <param name="data">Base64; some clients send a data URI.</param>
    /// <param name="format">Such as <c>mp4</c>, <c>mov</c>, <c>avi</c> or <c>webm</c>; null for the first.</param>
    public static VideoPart OfData(string data, string? format) =>
        new(data.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? data : $"data:video/{(string.IsNullOrEmpty(format) ? "mp4" : format)};base64,{data}")
        {
            Member = "input_video.data",
        };
}
