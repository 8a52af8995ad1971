using System.Net;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Egress;

/// <summary>The proxies of the settings, each with its connections and its health; or none, and every call goes straight.</summary>
internal sealed class EgressRoutes(HttpMessageInvoker direct, ISettingsSource settings, TimeProvider time, ILogger<EgressRoutes> logger) : IEgress
{
    /// <summary>Proxies tried for one connection to a host that a client named.</summary>
    private const int MediaTriesMax = 3;
    private readonly Lock gate = new();
    private volatile Table table = new([], []);
    private uint turn;

    /// <summary>The ways through the proxies of the settings in force.</summary>
    public IReadOnlyList<ProxyRoute> Routes => RoutesOf(settings.Current.Egress.Proxies);

    public HttpMessageInvoker? ClientFor(GatewaySettings settings, string owner) =>
        settings.Egress.Proxies.Count == 0 ? direct : Choose(settings.Egress, owner, [])?.Client;

    public async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var current = settings.Current.Egress;
        if (current.Proxies.Count == 0)
        {
            return await MediaConnections.ConnectAsync(addresses, port, cancellationToken);
        }

        var target = addresses[0].ToString();
        var tried = new List<ProxyRoute>();
        while (Choose(current, target, tried) is { } route)
        {
            try
            {
                return await route.ConnectAsync(target, port, isTrusted: false, cancellationToken);
            }
            catch (EgressException) when (tried.Count + 1 < MediaTriesMax)
            {
                tried.Add(route);
            }
        }

        throw new EgressException(ProxyFaults.None);
    }

    private ProxyRoute? Choose(EgressSettings current, string owner, List<ProxyRoute> tried)
    {
        var routes = RoutesOf(current.Proxies);
        var first = current.KeepsProxyPerKey ? 0 : (int)(Interlocked.Increment(ref turn) % (uint)Math.Max(1, routes.Length));
        ProxyRoute? best = null;
        var bestScore = 0UL;
        for (var i = 0; i < routes.Length; i++)
        {
            var route = routes[(first + i) % routes.Length];
            if (!route.Health.IsUsable || tried.Contains(route))
            {
                continue;
            }

            if (!current.KeepsProxyPerKey)
            {
                return route;
            }

            var score = ProxyRanking.Score(owner, route.Hash);
            if (best is null || score > bestScore)
            {
                (best, bestScore) = (route, score);
            }
        }

        return best;
    }

    /// <summary>
    /// A proxy that stays in the settings keeps its connections and its health. One that leaves ends with the calls that use it: calls of older settings
    /// go by what is left of their proxies, or by the new ones, and change nothing.
    /// </summary>
    private ProxyRoute[] RoutesOf(IReadOnlyList<ProxyAddress> proxies)
    {
        var known = table;
        if (ReferenceEquals(known.Proxies, proxies))
        {
            return known.Routes;
        }

        lock (gate)
        {
            var before = table.Routes.ToDictionary(route => route.Address);
            if (!ReferenceEquals(settings.Current.Egress.Proxies, proxies))
            {
                var left = proxies.Select(proxy => before.GetValueOrDefault(proxy)).OfType<ProxyRoute>().ToArray();
                return left.Length > 0 ? left : table.Routes;
            }

            table = new Table(proxies, [.. proxies.Select(proxy => before.GetValueOrDefault(proxy) ?? new ProxyRoute(proxy, time, logger))]);
            return table.Routes;
        }
    }

    private sealed record Table(IReadOnlyList<ProxyAddress> Proxies, ProxyRoute[] Routes);
}
