namespace GeminiBalance.Gateway.Settings;

/// <summary>Settings of generated pictures and the hosts that keep them.</summary>
public sealed record ImageSettings
{
    /// <summary>What is asked when a client names one of OpenAI's models, or none.</summary>
    public string CreateModel { get; init; } = "gemini-3.1-flash-image";

    /// <summary>Whether pictures in chats come as Markdown in the text; else as <c>message.images</c>.</summary>
    public bool ChatImagesAsMarkdown { get; init; } = true;

    public ImageHostKind Host { get; init; } = ImageHostKind.SmMs;

    public Secret? SmMsToken { get; init; }

    public Secret? PicGoKey { get; init; }

    public Uri PicGoUrl { get; init; } = new("https://www.picgo.net/api/1/upload");

    public Uri? ImgbedUrl { get; init; }

    public Secret? ImgbedAuthCode { get; init; }

    /// <summary>A relative folder at the host; empty for its root.</summary>
    public string ImgbedFolder { get; init; } = "";

    public ImageBucketSettings Oss { get; init; } = new();

    public ImageBucketSettings S3 { get; init; } = new() { Region = "us-east-1" };

    /// <summary>The folder of pictures the gateway serves; empty: <c>images</c> in the data folder.</summary>
    public string LocalFolder { get; init; } = "";

    /// <summary>The gateway's own address as clients reach it; null: the one the request came to.</summary>
    public Uri? LocalUrl { get; init; }

    public int LocalCountMax { get; init; } = 1_000;

    public long LocalBytesMax { get; init; } = 1024L * 1024 * 1024;

    public TimeSpan LocalAgeMax { get; init; } = TimeSpan.FromDays(7);
}
