using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.Silo.Membership;

/// <summary>Opens a connection, and closes it.</summary>
internal sealed class TcpMemberProbe(TimeProvider time) : IMemberProbe
{
    public async Task<bool> IsThereAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeOut = new CancellationTokenSource(SiloLimits.ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
