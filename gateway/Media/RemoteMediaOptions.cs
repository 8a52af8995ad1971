using System.Net;

namespace GeminiBalance.Gateway.Media;

/// <summary>How remote media are fetched. Tests narrow the bounds and let loopback addresses in.</summary>
internal sealed record RemoteMediaOptions
{
    public int BytesMax { get; init; } = Limits.RemoteMediaBytesMax;

    public TimeSpan TimeOut { get; init; } = Limits.RemoteMediaTimeOut;

    /// <summary>Whether an address may be connected to.</summary>
    public Func<IPAddress, bool> IsAllowed { get; init; } = PublicAddress.Is;

    /// <summary>Finds the addresses of a host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects to addresses that were checked.</summary>
    public Func<IPAddress[], int, CancellationToken, ValueTask<Stream>> Connect { get; init; } = MediaConnections.ConnectAsync;
}
