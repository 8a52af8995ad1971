using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Egress;

/// <summary>The way through one proxy, with its own pool of connections.</summary>
internal sealed partial class ProxyRoute
{
    private readonly TimeProvider time;
    private readonly ILogger logger;

    public ProxyRoute(ProxyAddress address, TimeProvider time, ILogger logger)
    {
        (Address, this.time, this.logger) = (address, time, logger);
        Hash = ProxyRanking.HashOf(address.Identity);
        Client = UpstreamConnections.Create((target, cancellationToken) => ConnectAsync(target.Host, target.Port, isTrusted: true, cancellationToken));
    }

    public ProxyAddress Address { get; }

    public ulong Hash { get; }

    public ProxyHealth Health { get; } = new();

    /// <summary>For hosts that the operator has chosen.</summary>
    public HttpMessageInvoker Client { get; }

    /// <summary>Opens a connection through the proxy, and takes note of how that went.</summary>
    /// <param name="host">Whom to reach.</param>
    /// <param name="port">Its port.</param>
    /// <param name="isTrusted">Whether the host is known to be there: then the proxy is at fault when it cannot reach it. Clients must not be able to name
    /// hosts that make all proxies look broken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EgressException">There is none.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, bool isTrusted, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limits.ProxyConnectTimeOut, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var stream = await ProxyTunnel.OpenAsync(Address, host, port, both.Token);
            if (Health.Succeeded())
            {
                Log.Up(logger, Address.Name);
            }

            return stream;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw Blame(new EgressException($"the proxy {Address.Name} gave no connection within {Limits.ProxyConnectTimeOut.TotalSeconds:0} s", isAboutTarget: true), isTrusted);
        }
        catch (EgressException failure)
        {
            throw Blame(failure, isTrusted);
        }
    }

    private EgressException Blame(EgressException failure, bool isTrusted)
    {
        if ((isTrusted || !failure.IsAboutTarget) && Health.Failed(failure.Message, time.GetUtcNow()))
        {
            Log.Down(logger, failure.Message);
        }

        return failure;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ProxyDown, LogLevel.Warning, "Calls leave by other proxies: {Fault}. It is tried again from time to time")]
        public static partial void Down(ILogger logger, string fault);

        [LoggerMessage(EventIds.ProxyUp, LogLevel.Information, "The proxy {Proxy} works again")]
        public static partial void Up(ILogger logger, string proxy);
    }
}
