using System.Net;
using System.Net.Sockets;
using GeminiBalance.Silo.Settings;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Makes sure that the ports of the cluster can be had before anything is written to the database: Orleans' own error names neither port nor setting.</summary>
internal static class FreePorts
{
    /// <exception cref="StartException">One cannot be had; the message says which and what to do.</exception>
    public static void Check(SiloSettings settings)
    {
        string[] problems = [.. new[] { Try(settings.Address, settings.SiloPort, "SILO_PORT"), Try(settings.Address, settings.GatewayPort, "SILO_GATEWAY_PORT") }.OfType<string>().Distinct()];
        if (problems.Length > 0)
        {
            throw new StartException(string.Join(Environment.NewLine, problems));
        }
    }

    private static string? Try(IPAddress address, int port, string setting)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return $"Port {port} of {address} is taken. Choose another with {setting}, or stop what listens there.";
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return $"{address} is no address of this machine, so it cannot listen there. Set SILO_ADDRESS to one that other silos and gateways can reach.";
        }
        catch (SocketException failure)
        {
            return $"Cannot listen on port {port} of {address}: {failure.Message}. Choose another with {setting}.";
        }
    }
}
