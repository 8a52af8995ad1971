using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>How object stores prove who writes: a canonical request, hashed, signed by a key that is good for one day, region and service. Pure.</summary>
/// <param name="Algorithm">Its name on the wire.</param>
/// <param name="KeyPrefix">What stands before the secret.</param>
/// <param name="Service">The service.</param>
/// <param name="Terminator">The last part of the scope.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, https://help.aliyun.com/zh/oss/developer-reference/recommend-to-use-signature-version-4</remarks>
internal sealed record SignatureScheme(string Algorithm, string KeyPrefix, string Service, string Terminator)
{
    public static readonly SignatureScheme S3 = new("AWS4-HMAC-SHA256", "AWS4", "s3", "aws4_request");
    public static readonly SignatureScheme Oss = new("OSS4-HMAC-SHA256", "aliyun_v4", "oss", "aliyun_v4_request");

    /// <summary>A moment as both write it: <c>20231216T162057Z</c>.</summary>
    public static string Timestamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Escapes a path by the stores' rule: all but unreserved characters, slashes stay.</summary>
    public static string EscapePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public static string HexOfHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The canonical form of a request without a query.</summary>
    /// <param name="path">Escaped.</param>
    /// <param name="query">Escaped and sorted; empty for none.</param>
    /// <param name="headers">The signed headers, names in lower case.</param>
    /// <param name="names">What the store wants told about the names.</param>
    /// <param name="payload">The hash of the body, or the word for none.</param>
    public static string Canonical(string path, string query, IReadOnlyDictionary<string, string> headers, string names, string payload)
    {
        var lines = headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}:{header.Value.Trim()}\n");
        return $"PUT\n{path}\n{query}\n{string.Concat(lines)}\n{names}\n{payload}";
    }

    public string Scope(string timestamp, string region) => $"{timestamp[..8]}/{region}/{Service}/{Terminator}";

    /// <summary>The signature, in lower-case hexadecimal digits.</summary>
    public string Sign(string secret, string timestamp, string region, string canonical)
    {
        var text = $"{Algorithm}\n{timestamp}\n{Scope(timestamp, region)}\n{HexOfHash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Encoding.UTF8.GetBytes(KeyPrefix + secret);
        foreach (var part in (ReadOnlySpan<string>)[timestamp[..8], region, Service, Terminator])
        {
            key = Hash(key, part);
        }

        return Convert.ToHexStringLower(Hash(key, text));
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
