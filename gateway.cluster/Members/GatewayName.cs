using System.Globalization;
using System.Security.Cryptography;

namespace GeminiBalance.Gateway.Cluster.Members;

/// <summary>This run of this gateway, among all gateways: never the same for two runs.</summary>
internal sealed record GatewayName(string Value)
{
    private const int RandomBytes = 4;
    private const int HostCharsMax = 64;

    public static GatewayName Create(string host) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"gateway-{host[..Math.Min(host.Length, HostCharsMax)]}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}"));

    public override string ToString() => Value;
}
