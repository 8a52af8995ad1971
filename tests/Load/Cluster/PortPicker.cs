using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.Load.Cluster;

/// <summary>Loopback ports that a member keeps over its restarts. They lie below those that the kernel gives to outgoing connections, so that none is taken meanwhile.</summary>
internal sealed class PortPicker(Random random)
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private readonly HashSet<int> picked = [];

    public int Pick()
    {
        while (true)
        {
            var port = random.Next(First, Last);
            if (!picked.Contains(port) && IsFree(port))
            {
                picked.Add(port);
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
