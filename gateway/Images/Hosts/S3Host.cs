using System.Net.Http.Headers;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Amazon S3, or what speaks its protocol: one PUT, signed by version 4. Who may read is for the bucket's policy.</summary>
internal sealed class S3Host(PictureHostClient client, TimeProvider time) : IPictureHost
{
    public ImageHostKind Kind => ImageHostKind.S3;

    public bool IsConfigured(ImageSettings settings) => settings.S3 is { Bucket.Length: > 0, AccessKey: not null, SecretKey: not null };

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var bucket = settings.Images.S3;
        var now = time.GetUtcNow();
        var name = SignatureScheme.EscapePath(ObjectNames.Of(picture, now));

        // The bucket stands in the path: every store understands that, and host names of buckets with dots fit no certificate.
        var endpoint = bucket.Endpoint ?? new Uri($"https://s3.{bucket.Region}.amazonaws.com");
        var address = new Uri(endpoint, $"/{bucket.Bucket}/{name}");
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = picture.MimeType,
            ["host"] = address.Authority,
            ["x-amz-content-sha256"] = SignatureScheme.HexOfHash(picture.Bytes),
            ["x-amz-date"] = SignatureScheme.Timestamp(now),
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(picture.Bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(picture.MimeType);
        foreach (var (header, value) in headers.Where(header => header.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Authorization(bucket, address.AbsolutePath, headers));
        await client.SendAsync(request, cancellationToken);
        return bucket.PublicUrl is { } shown ? new Uri($"{shown.OriginalString.TrimEnd('/')}/{name}") : address;
    }

    /// <summary>The header that proves who writes.</summary>
    /// <param name="bucket">The bucket with its credentials.</param>
    /// <param name="path">The escaped path.</param>
    /// <param name="headers">All signed headers, names in lower case; <c>x-amz-date</c> and <c>x-amz-content-sha256</c> among them.</param>
    internal static string Authorization(ImageBucketSettings bucket, string path, IReadOnlyDictionary<string, string> headers)
    {
        var timestamp = headers["x-amz-date"];
        var names = string.Join(';', headers.Keys.Order(StringComparer.Ordinal));
        var canonical = SignatureScheme.Canonical(path, "", headers, names, headers["x-amz-content-sha256"]);
        var scheme = SignatureScheme.S3;
        return $"{scheme.Algorithm} Credential={bucket.AccessKey!.Reveal()}/{scheme.Scope(timestamp, bucket.Region)}, SignedHeaders={names}, "
            + $"Signature={scheme.Sign(bucket.SecretKey!.Reveal(), timestamp, bucket.Region, canonical)}";
    }
}
