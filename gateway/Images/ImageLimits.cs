namespace GeminiBalance.Gateway.Images;

/// <summary>Every bound of pictures that is not a setting, with its unit.</summary>
internal static class ImageLimits
{
    /// <summary>Upstream calls of one request that run at a time.</summary>
    public const int CallsAtOnce = 4;

    /// <summary>The largest picture of an upload by a client, in bytes.</summary>
    public const int UploadedBytesMax = Limits.RemoteMediaBytesMax;

    /// <summary>Parts of a form.</summary>
    public const int FormPartsMax = 64;

    /// <summary>The largest text of a form, in bytes: OpenAI's longest prompt in four-byte characters.</summary>
    public const int FormTextBytesMax = 128 * 1024;

    /// <summary>The longest boundary of a form, in characters; RFC 2046 allows 70.</summary>
    public const int BoundaryCharsMax = 70;

    /// <summary>Pictures that are on their way to a host at a time, of all requests.</summary>
    public const int HostingAtOnce = 8;

    /// <summary>The longest time for giving one picture to a host, the wait for others included.</summary>
    public static readonly TimeSpan HostingTimeOut = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer of a host that is read, in bytes.</summary>
    public const int HostAnswerBytesMax = 64 * 1024;
}
