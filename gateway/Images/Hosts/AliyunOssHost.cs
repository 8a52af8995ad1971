using System.Net;
using System.Net.Http.Headers;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Aliyun OSS: one PUT, signed by version 4, of an object that everybody may read.</summary>
internal sealed class AliyunOssHost(PictureHostClient client, TimeProvider time) : IPictureHost
{
    private const string Unsigned = "UNSIGNED-PAYLOAD";
    private const string EndpointPrefix = "oss-";
    private const string InternalSuffix = "-internal";

    public ImageHostKind Kind => ImageHostKind.AliyunOss;

    public bool IsConfigured(ImageSettings settings) =>
        settings.Oss is { Endpoint: { } endpoint, Bucket.Length: > 0, AccessKey: not null, SecretKey: not null } bucket && RegionOf(bucket, endpoint).Length > 0;

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var bucket = settings.Images.Oss;
        var now = time.GetUtcNow();
        var name = ObjectNames.Of(picture, now);
        var address = AddressOf(bucket, name);
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = picture.MimeType,
            ["x-oss-content-sha256"] = Unsigned,
            ["x-oss-date"] = SignatureScheme.Timestamp(now),
            ["x-oss-object-acl"] = "public-read",
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(picture.Bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(picture.MimeType);
        foreach (var (header, value) in headers.Where(header => header.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Authorization(bucket, RegionOf(bucket, bucket.Endpoint!), name, "", headers));
        await client.SendAsync(request, cancellationToken);
        return address;
    }

    /// <summary>The header that proves who writes.</summary>
    /// <param name="bucket">The bucket with its credentials.</param>
    /// <param name="region">The region.</param>
    /// <param name="name">The object.</param>
    /// <param name="query">Escaped and sorted.</param>
    /// <param name="headers">Type, digest and every <c>x-oss-</c> header of the request, names in lower case.</param>
    internal static string Authorization(ImageBucketSettings bucket, string region, string name, string query, IReadOnlyDictionary<string, string> headers)
    {
        var timestamp = headers["x-oss-date"];
        var canonical = SignatureScheme.Canonical(SignatureScheme.EscapePath($"/{bucket.Bucket}/{name}"), query, headers, "", headers["x-oss-content-sha256"]);
        var scheme = SignatureScheme.Oss;
        return $"{scheme.Algorithm} Credential={bucket.AccessKey!.Reveal()}/{scheme.Scope(timestamp, region)},"
            + $"Signature={scheme.Sign(bucket.SecretKey!.Reveal(), timestamp, region, canonical)}";
    }

    // A bucket is a host name of its own, which an address of numbers cannot have.
    private static Uri AddressOf(ImageBucketSettings bucket, string name)
    {
        var endpoint = bucket.Endpoint!;
        return IPAddress.TryParse(endpoint.Host, out _)
            ? new Uri(endpoint, $"/{bucket.Bucket}/{SignatureScheme.EscapePath(name)}")
            : new Uri($"{endpoint.Scheme}://{bucket.Bucket}.{endpoint.Authority}/{SignatureScheme.EscapePath(name)}");
    }

    /// <summary>What is configured, else what stands in <c>oss-cn-shanghai.aliyuncs.com</c>.</summary>
    internal static string RegionOf(ImageBucketSettings bucket, Uri endpoint)
    {
        // People write it with the prefix of host names, which a signature must not have.
        var region = bucket.Region.Length > 0 ? bucket.Region : endpoint.HostNameType == UriHostNameType.Dns ? endpoint.Host.Split('.')[0] : "";
        region = region.EndsWith(InternalSuffix, StringComparison.Ordinal) ? region[..^InternalSuffix.Length] : region;
        return region.StartsWith(EndpointPrefix, StringComparison.Ordinal) ? region[EndpointPrefix.Length..] : region;
    }
}
