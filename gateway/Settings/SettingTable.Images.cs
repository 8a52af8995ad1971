namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> Images => Group(
        "Images",
        [
            Image("CREATE_IMAGE_MODEL", SettingKinds.Model, "gemini-3.1-flash-image", SettingTraits.None, (s, v) => s with { CreateModel = v },
                "The model that makes pictures for clients that name one of OpenAI's (`dall-e-3`, `gpt-image-1`) or none. Its name with `-chat` behind it is a chat model."),
            Image("CHAT_IMAGE_FORMAT", ImageSettingKinds.ChatForm, "markdown", SettingTraits.None, (s, v) => s with { ChatImagesAsMarkdown = v },
                "Whether pictures in chat answers come as Markdown in the text or as `message.images`."),
            Image("UPLOAD_PROVIDER", ImageSettingKinds.Host, "smms", SettingTraits.None, (s, v) => s with { Host = v },
                "The host that keeps pictures, so that clients get an address. Without its settings below, pictures travel as base64."),
            Image("SMMS_SECRET_TOKEN", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { SmMsToken = v }, "SM.MS: the secret token."),
            Image("PICGO_API_KEY", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { PicGoKey = v }, "PicGo, Chevereto: the API key."),
            Image("PICGO_API_URL", SettingKinds.HttpAddress, "https://www.picgo.net/api/1/upload", SettingTraits.None, (s, v) => s with { PicGoUrl = v },
                "PicGo, Chevereto: the address of its upload API."),
            Image("CLOUDFLARE_IMGBED_URL", SettingKinds.HttpAddress, "", SettingTraits.None, (s, v) => s with { ImgbedUrl = v },
                "Cloudflare ImgBed: the address of its upload API, such as `https://example.pages.dev/upload`."),
            Image("CLOUDFLARE_IMGBED_AUTH_CODE", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { ImgbedAuthCode = v },
                "Cloudflare ImgBed: the code for uploads, if it wants one."),
            Image("CLOUDFLARE_IMGBED_UPLOAD_FOLDER", ImageSettingKinds.RemoteFolder, "", SettingTraits.None, (s, v) => s with { ImgbedFolder = v },
                "Cloudflare ImgBed: the folder for pictures."),
            .. Buckets(),
            Image("LOCAL_IMAGES_DIR", SettingKinds.Folder, "", SettingTraits.None, (s, v) => s with { LocalFolder = v },
                "Local files: the folder; without it, `images` in `DATA_DIR`. Gateways of a cluster must share it."),
            Image("LOCAL_IMAGES_URL", SettingKinds.HttpAddress, "", SettingTraits.None, (s, v) => s with { LocalUrl = v },
                "Local files: the gateway's address as clients reach it; without it, the one a request came to."),
            Image("LOCAL_IMAGES_MAX_COUNT", SettingKinds.WholeNumber(1, 10_000), "1000", SettingTraits.None, (s, v) => s with { LocalCountMax = v },
                "Local files: how many are kept; the oldest go first."),
            Image("LOCAL_IMAGES_MAX_MB", SettingKinds.Count(1, 1_000_000), "1024", SettingTraits.None, (s, v) => s with { LocalBytesMax = v * 1024 * 1024 },
                "Local files: megabytes of all together; the oldest go first."),
            Image("LOCAL_IMAGES_MAX_AGE_HOURS", SettingKinds.Duration(TimeSpan.FromHours(1), "hours", 0.1, 87_600), "168", SettingTraits.None, (s, v) => s with { LocalAgeMax = v },
                "Local files: the age at which they are deleted."),
        ]);

    private static SettingDefinition[] Buckets() =>
    [
        Image("OSS_ENDPOINT", ImageSettingKinds.Endpoint, "", SettingTraits.None, (s, v) => s with { Oss = s.Oss with { Endpoint = v } },
            "Aliyun OSS: the endpoint without the bucket, such as `oss-cn-shanghai.aliyuncs.com`."),
        Image("OSS_ACCESS_KEY", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { Oss = s.Oss with { AccessKey = v } }, "Aliyun OSS: the access key's id."),
        Image("OSS_ACCESS_KEY_SECRET", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { Oss = s.Oss with { SecretKey = v } }, "Aliyun OSS: its secret."),
        Image("OSS_BUCKET_NAME", ImageSettingKinds.Name, "", SettingTraits.None, (s, v) => s with { Oss = s.Oss with { Bucket = v } }, "Aliyun OSS: the bucket."),
        Image("OSS_REGION", ImageSettingKinds.Name, "", SettingTraits.None, (s, v) => s with { Oss = s.Oss with { Region = v } },
            "Aliyun OSS: the region, such as `cn-shanghai`; without it, the one in the endpoint."),
        Image("S3_ENDPOINT", ImageSettingKinds.Endpoint, "", SettingTraits.None, (s, v) => s with { S3 = s.S3 with { Endpoint = v } },
            "S3: the address of a store that speaks its protocol (MinIO, R2, …); without it, Amazon's in `S3_REGION`."),
        Image("S3_REGION", ImageSettingKinds.Name, "us-east-1", SettingTraits.None, (s, v) => s with { S3 = s.S3 with { Region = v } }, "S3: the region; `auto` for R2."),
        Image("S3_BUCKET", ImageSettingKinds.Name, "", SettingTraits.None, (s, v) => s with { S3 = s.S3 with { Bucket = v } },
            "S3: the bucket. Its policy must let everybody read."),
        Image("S3_ACCESS_KEY", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { S3 = s.S3 with { AccessKey = v } }, "S3: the access key's id."),
        Image("S3_SECRET_KEY", SettingKinds.Token, "", SettingTraits.Secret, (s, v) => s with { S3 = s.S3 with { SecretKey = v } }, "S3: its secret."),
        Image("S3_PUBLIC_URL", SettingKinds.HttpAddress, "", SettingTraits.None, (s, v) => s with { S3 = s.S3 with { PublicUrl = v } },
            "S3: the address under which the bucket is public, where that is another one."),
    ];

    private static SettingDefinition Image<T>(
        string name, SettingKind<T> kind, string defaultText, SettingTraits traits, Func<ImageSettings, T, ImageSettings> set, string meaning) =>
        Line(name, kind, defaultText, nameof(GatewaySettings.Images), traits, (settings, value) => settings with { Images = set(settings.Images, value) }, meaning);
}
