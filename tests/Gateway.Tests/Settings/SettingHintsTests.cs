using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingHintsTests
{
    private const string Key = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";

    [Theory]
    [InlineData("UPLOAD_PROVIDER=picgo", "PICGO_API_KEY")]
    [InlineData("UPLOAD_PROVIDER=cloudflare_imgbed", "CLOUDFLARE_IMGBED_URL")]
    [InlineData("UPLOAD_PROVIDER=s3 S3_BUCKET=b", "S3_ACCESS_KEY, S3_SECRET_KEY")]
    [InlineData("UPLOAD_PROVIDER=aliyun_oss OSS_ENDPOINT=http://127.0.0.1:1 OSS_BUCKET_NAME=b OSS_ACCESS_KEY=k OSS_ACCESS_KEY_SECRET=s", "OSS_REGION")]
    public void HostThatWasChosenHalf_IsNoted(string settings, string missing) =>
        Assert.Equal([$"UPLOAD_PROVIDER: pictures travel as base64, since its host lacks {missing}"], NotesOf(settings));

    [Theory]
    [InlineData("")]
    [InlineData("UPLOAD_PROVIDER=smms")]
    [InlineData("UPLOAD_PROVIDER=local")]
    [InlineData("UPLOAD_PROVIDER=aliyun_oss OSS_ENDPOINT=oss-cn-shanghai.aliyuncs.com OSS_BUCKET_NAME=b OSS_ACCESS_KEY=k OSS_ACCESS_KEY_SECRET=s")]
    public void NothingLacks_NothingIsNoted(string settings) => Assert.Empty(NotesOf(settings));

    [Theory]
    [InlineData("API_KEYS")]
    [InlineData("PAID_KEY")]
    public void KeyOfTwoKinds_IsNotedMasked(string other) =>
        Assert.Equal(["VERTEX_API_KEYS: 1 key(s) stand in API_KEYS or PAID_KEY too and serve the Gemini API alone: AIza…A-a1"], NotesOf($"{other}={Key} VERTEX_API_KEYS={Key}"));

    private static IReadOnlyList<string> NotesOf(string settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => (string?)one[1])).Build(),
        SettingCatalog.Standalone).Notes;
}
