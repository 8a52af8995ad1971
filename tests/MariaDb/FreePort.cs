using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.MariaDb;

/// <summary>Asks the kernel for a loopback port that nobody uses. The servers cannot ask it themselves.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
