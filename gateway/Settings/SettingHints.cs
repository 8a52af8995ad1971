using GeminiBalance.Gateway.Images.Hosts;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What an operator has set and probably does not get: notes, since nothing fails by it. Pure.</summary>
internal static class SettingHints
{
    public static IEnumerable<string> Of(GatewaySettings settings)
    {
        if (settings.Images.Host != ImageHostKind.SmMs && MissingOf(settings.Images) is { Count: > 0 } missing)
        {
            yield return $"UPLOAD_PROVIDER: pictures travel as base64, since its host lacks {string.Join(", ", missing)}";
        }

        // A key is of one kind, and the first list decides.
        var common = settings.ApiKeys.Append(settings.Keys.Paid).OfType<KeyPool.ApiKey>().ToHashSet();
        var both = settings.Keys.Vertex.Where(common.Contains).Select(key => key.Masked).ToList();
        if (both.Count > 0)
        {
            yield return $"VERTEX_API_KEYS: {both.Count} key(s) stand in API_KEYS or PAID_KEY too and serve the Gemini API alone: {string.Join(", ", both)}";
        }
    }

    /// <summary>The settings without which the chosen host keeps no picture. SM.MS is the default, so that nobody may have chosen it.</summary>
    private static List<string> MissingOf(ImageSettings images)
    {
        (string Name, bool IsThere)[] needed = images.Host switch
        {
            ImageHostKind.PicGo => [("PICGO_API_KEY", images.PicGoKey is not null)],
            ImageHostKind.CloudflareImgbed => [("CLOUDFLARE_IMGBED_URL", images.ImgbedUrl is not null)],
            ImageHostKind.AliyunOss =>
            [
                ("OSS_ENDPOINT", images.Oss.Endpoint is not null), .. Bucket("OSS_BUCKET_NAME", "OSS_ACCESS_KEY", "OSS_ACCESS_KEY_SECRET", images.Oss),
                ("OSS_REGION", images.Oss.Endpoint is not { } endpoint || AliyunOssHost.RegionOf(images.Oss, endpoint).Length > 0),
            ],
            ImageHostKind.S3 => Bucket("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY", images.S3),
            _ => [],
        };
        return [.. needed.Where(one => !one.IsThere).Select(one => one.Name)];
    }

    private static (string Name, bool IsThere)[] Bucket(string name, string accessKey, string secretKey, ImageBucketSettings bucket) =>
        [(name, bucket.Bucket.Length > 0), (accessKey, bucket.AccessKey is not null), (secretKey, bucket.SecretKey is not null)];
}
