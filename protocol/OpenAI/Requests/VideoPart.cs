namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>video_url</c>, an extension of several clients.</summary>
public sealed record VideoPart(string Url) : ContentPart;
