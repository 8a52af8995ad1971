using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Egress;

/// <summary>A proxy as the settings name it. It cannot be printed with its credentials.</summary>
public sealed record ProxyAddress
{
    private const int TextCharsMax = 2_048;

    // RFC 1929 counts user and password in one byte each.
    private const int CredentialBytesMax = 255;

    private ProxyAddress(ProxyScheme scheme, string host, int port, Secret? user, Secret? password) =>
        (Scheme, Host, Port, User, Password) = (scheme, host, port, user, password);

    public ProxyScheme Scheme { get; }

    public string Host { get; }

    public int Port { get; }

    public Secret? User { get; }

    public Secret? Password { get; }

    /// <summary>For people, such as <c>socks5://proxy.example:1080</c>. Proxies that differ by their user have a few digits of its hash behind it.</summary>
    public string Name => $"{Scheme.ToString().ToLowerInvariant()}://{Host}:{Port}{(User is null ? "" : "#" + Hash(User.Reveal())[..4])}";

    /// <summary>What tells it from other proxies, and stays when its password changes.</summary>
    public string Identity => Hash($"{Scheme} {Host} {Port} {User?.Reveal()}");

    /// <returns>Null when the text is no <c>http</c>, <c>https</c> or <c>socks5</c> address with a host and nothing behind it.</returns>
    public static ProxyAddress? TryParse(string text)
    {
        if (text.Length > TextCharsMax || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.AbsolutePath is not ("" or "/") || (uri.Query + uri.Fragment).Length > 0)
        {
            return null;
        }

        (ProxyScheme Scheme, int Port)? known = uri.Scheme switch
        {
            "http" => (ProxyScheme.Http, 80),
            "https" => (ProxyScheme.Https, 443),
            "socks5" or "socks5h" => (ProxyScheme.Socks5, 1080),
            _ => null,
        };
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Credential(colon < 0 ? uri.UserInfo : uri.UserInfo[..colon]);
        var password = Credential(colon < 0 ? "" : uri.UserInfo[(colon + 1)..]);
        return known is not { } found || IsTooLong(user) || IsTooLong(password) || (user is null && password is not null)
            ? null
            : new ProxyAddress(found.Scheme, uri.DnsSafeHost.ToLowerInvariant(), uri.Port > 0 ? uri.Port : found.Port, user, password);
    }

    public override string ToString() => Name;

    private static Secret? Credential(string escaped) => string.IsNullOrWhiteSpace(escaped) ? null : new Secret(Uri.UnescapeDataString(escaped));

    private static bool IsTooLong(Secret? secret) => secret is not null && Encoding.UTF8.GetByteCount(secret.Reveal()) > CredentialBytesMax;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
