using GeminiBalance.Gateway.Egress;

namespace GeminiBalance.Gateway.Settings;

/// <summary>How calls leave this host.</summary>
public sealed record EgressSettings
{
    /// <summary>Calls leave by one of them; without any they go straight.</summary>
    public IReadOnlyList<ProxyAddress> Proxies { get; init; } = [];

    /// <summary>Whether the calls of one key leave by the same proxy; else by all in turn.</summary>
    public bool KeepsProxyPerKey { get; init; } = true;
}
