using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Images.Hosts;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>Object stores: signatures against published examples, and against a store that checks them for itself.</summary>
public sealed class ObjectStoreTests
{
    private static readonly ImageBucketSettings Bucket = new() { Bucket = "pictures", AccessKey = new Secret("AKTEST"), SecretKey = new Secret("SecretOfTheBucket") };

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "PUT Object".
    [Fact]
    public void S3_Signature_IsAmazonsExample()
    {
        var bucket = new ImageBucketSettings
        {
            Region = "us-east-1", AccessKey = new Secret("AKIAIOSFODNN7EXAMPLE"), SecretKey = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        };

        var header = S3Host.Authorization(bucket, SignatureScheme.EscapePath("/test$file.text"), new Dictionary<string, string>
        {
            ["date"] = "Fri, 24 May 2013 00:00:00 GMT",
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = SignatureScheme.HexOfHash("Welcome to Amazon S3."u8),
            ["x-amz-date"] = "20130524T000000Z",
            ["x-amz-storage-class"] = "REDUCED_REDUNDANCY",
        });

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            header);
    }

    // The example that Aliyun's own SDKs are tested with.
    [Fact]
    public void Oss_Signature_IsAliyunsExample()
    {
        var bucket = new ImageBucketSettings { Bucket = "bucket", AccessKey = new Secret("ak"), SecretKey = new Secret("sk") };
        const string Query = "%2Bparam1=value3&%2Bparam2&%7Cparam1=value4&%7Cparam2&param1=value1&param2";

        var header = AliyunOssHost.Authorization(bucket, "cn-hangzhou", "1234+-/123/1.txt", Query, new Dictionary<string, string>
        {
            ["content-type"] = "text/plain",
            ["x-oss-content-sha256"] = "UNSIGNED-PAYLOAD",
            ["x-oss-date"] = SignatureScheme.Timestamp(DateTimeOffset.FromUnixTimeSeconds(1_702_743_657)),
            ["x-oss-head1"] = "value",
        });

        Assert.Equal(
            "OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe", header);
    }

    [Theory]
    [InlineData(null, "https://s3.eu-west-1.amazonaws.com/pictures/")]
    [InlineData("https://cdn.test/p", "https://cdn.test/p/")]
    public async Task S3_StoreThatChecksTheSignature_TakesThePicture(string? shown, string address)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with
        {
            Host = ImageHostKind.S3, S3 = Bucket with { Region = "eu-west-1", PublicUrl = shown is null ? null : new Uri(shown) },
        });
        all.Host.Answer = (context, call) =>
        {
            context.Response.StatusCode = IsS3Signature(call) ? 200 : 403;
            return Task.CompletedTask;
        };

        var url = (string?)(await all.GenerateAsync())["url"];

        var now = all.Time.GetUtcNow();
        Assert.StartsWith($"{address}{now:yyyy'/'MM'/'dd}/", url, StringComparison.Ordinal);
        Assert.EndsWith(".png", url, StringComparison.Ordinal);
        var call = Assert.Single(all.Host.Calls);
        Assert.Equal(("PUT", "image/png", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), "ABC"), (call.Method, call.Headers["Content-Type"], call.Headers["x-amz-date"], Encoding.ASCII.GetString(call.Body)));
    }

    [Fact]
    public async Task S3_WrongSecret_FallsBackToBase64()
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with
        {
            Host = ImageHostKind.S3, S3 = Bucket with { Region = "eu-west-1", SecretKey = new Secret("another") },
        });
        all.Host.Answer = (context, call) =>
        {
            context.Response.StatusCode = IsS3Signature(call) ? 200 : 403;
            return Task.CompletedTask;
        };

        Assert.NotNull((await all.GenerateAsync())["b64_json"]);
    }

    [Theory]
    [InlineData("https://oss-cn-shanghai.aliyuncs.com", "", "https://pictures.oss-cn-shanghai.aliyuncs.com/", "")]
    [InlineData("http://127.0.0.1:9000", "oss-cn-shanghai", "http://127.0.0.1:9000/pictures/", "/pictures")]
    public async Task Oss_StoreThatChecksTheSignature_TakesThePublicPicture(string endpoint, string region, string address, string prefix)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with
        {
            Host = ImageHostKind.AliyunOss, Oss = Bucket with { Endpoint = new Uri(endpoint), Region = region },
        });
        all.Host.Answer = (context, call) =>
        {
            context.Response.StatusCode = IsOssSignature(call, "/pictures" + call.Target[prefix.Length..]) ? 200 : 403;
            return Task.CompletedTask;
        };

        Assert.StartsWith(address, (string?)(await all.GenerateAsync())["url"], StringComparison.Ordinal);

        var call = Assert.Single(all.Host.Calls);
        Assert.Equal(("PUT", "public-read", "ABC"), (call.Method, call.Headers["x-oss-object-acl"], Encoding.ASCII.GetString(call.Body)));
    }

    // Reckoned from what came over the wire alone, as a store does it.
    private static bool IsS3Signature(ScriptedCall call)
    {
        var date = call.Headers["x-amz-date"];
        string[] names = ["content-type", "host", "x-amz-content-sha256", "x-amz-date"];
        var lines = string.Concat(names.Select(name => $"{name}:{call.Headers[name]}\n"));
        var canonical = $"PUT\n{call.Target}\n\n{lines}\n{string.Join(';', names)}\n{Hex(SHA256.HashData(call.Body))}";
        var scope = $"{date[..8]}/eu-west-1/s3/aws4_request";
        return call.Headers["Authorization"] == $"AWS4-HMAC-SHA256 Credential=AKTEST/{scope}, SignedHeaders={string.Join(';', names)}, "
            + $"Signature={Signature("AWS4SecretOfTheBucket", $"AWS4-HMAC-SHA256\n{date}\n{scope}\n", canonical, scope)}";
    }

    private static bool IsOssSignature(ScriptedCall call, string resource)
    {
        var date = call.Headers["x-oss-date"];
        string[] names = ["content-type", "x-oss-content-sha256", "x-oss-date", "x-oss-object-acl"];
        var canonical = $"PUT\n{resource}\n\n{string.Concat(names.Select(name => $"{name}:{call.Headers[name]}\n"))}\n\nUNSIGNED-PAYLOAD";
        var scope = $"{date[..8]}/cn-shanghai/oss/aliyun_v4_request";
        return call.Headers["Authorization"]
            == $"OSS4-HMAC-SHA256 Credential=AKTEST/{scope},Signature={Signature("aliyun_v4SecretOfTheBucket", $"OSS4-HMAC-SHA256\n{date}\n{scope}\n", canonical, scope)}";
    }

    private static string Signature(string secret, string head, string canonical, string scope)
    {
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes(secret), (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(head + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))))));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
