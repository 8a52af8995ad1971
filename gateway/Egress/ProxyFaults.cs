namespace GeminiBalance.Gateway.Egress;

/// <summary>What an attempt that did not get past the proxies has as its detail.</summary>
internal static class ProxyFaults
{
    public const string None = "no proxy works";

    public const string One = "the proxy gave no connection";
}
