namespace GeminiBalance.Gateway.Egress;

/// <summary>How a proxy is spoken to.</summary>
public enum ProxyScheme
{
    /// <summary>HTTP <c>CONNECT</c>.</summary>
    Http = 1,

    /// <summary>HTTP <c>CONNECT</c> over TLS.</summary>
    Https = 2,

    /// <summary>SOCKS 5 (RFC 1928); names are looked up by the proxy.</summary>
    Socks5 = 3,
}
