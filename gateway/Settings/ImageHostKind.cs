namespace GeminiBalance.Gateway.Settings;

/// <summary>Where generated pictures are kept for clients that want an address.</summary>
public enum ImageHostKind
{
    /// <summary>Nowhere: pictures travel as base64.</summary>
    None = 0,
    SmMs = 1,

    /// <summary>PicGo's site, or any Chevereto.</summary>
    PicGo = 2,
    CloudflareImgbed = 3,
    AliyunOss = 4,

    /// <summary>Amazon S3 or what speaks its protocol.</summary>
    S3 = 5,

    /// <summary>A folder that the gateway serves itself.</summary>
    Local = 6,
}
