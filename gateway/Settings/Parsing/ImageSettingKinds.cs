namespace GeminiBalance.Gateway.Settings;

/// <summary>Kinds of settings that only hosts of pictures have.</summary>
internal static class ImageSettingKinds
{
    private const int BucketCharsMax = 63;
    private const int FolderCharsMax = 200;

    public static SettingKind<ImageHostKind> Host { get; } = new(
        "word",
        "`none`, `smms`, `picgo`, `cloudflare_imgbed`, `aliyun_oss`, `s3` or `local`",
        text => text.ToLowerInvariant() switch
        {
            "none" => ImageHostKind.None,
            "smms" => ImageHostKind.SmMs,
            "picgo" => ImageHostKind.PicGo,
            "cloudflare_imgbed" => ImageHostKind.CloudflareImgbed,
            "aliyun_oss" => ImageHostKind.AliyunOss,
            "s3" => ImageHostKind.S3,
            "local" => ImageHostKind.Local,
            _ => Wrong<ImageHostKind>(),
        });

    public static SettingKind<bool> ChatForm { get; } = new("word", "`markdown` or `images`", text => text.ToLowerInvariant() switch
    {
        "markdown" => true,
        "images" => false,
        _ => Wrong<bool>(),
    });

    /// <summary>As people copy it from a console: often without a scheme.</summary>
    public static SettingKind<Uri> Endpoint { get; } = new(
        "address",
        "a host name, or an `http` or `https` address, without a path",
        text => SettingKinds.HttpAddress.Parse(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}") is { IsGood: true, Value: { AbsolutePath: "/" } address }
            ? address
            : Wrong<Uri>());

    public static SettingKind<string> Name { get; } = new(
        "text",
        $"1 to {BucketCharsMax} letters, digits, `-`, `_` and `.`",
        text => text.Length is > 0 and <= BucketCharsMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !text.Contains("..", StringComparison.Ordinal)
            ? text
            : Wrong<string>());

    public static SettingKind<string> RemoteFolder { get; } = new(
        "path",
        "a relative path such as `img/test`",
        text => text.Length <= FolderCharsMax && text.All(c => c is > ' ' and < '\u007f' and not '\\') && !text.Split('/').Contains("..") ? text.Trim('/') : Wrong<string>());

    private static Parsed<T> Wrong<T>() => new(default, "", null);
}
