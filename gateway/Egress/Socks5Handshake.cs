using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GeminiBalance.Gateway.Egress;

/// <summary>SOCKS 5 (RFC 1928), with user and password (RFC 1929).</summary>
internal static class Socks5Handshake
{
    private const byte Version = 5;
    private const byte NoCredentials = 0;
    private const byte UserAndPassword = 2;
    private const int HostBytesMax = 255;

    public static async Task RunAsync(Stream stream, ProxyAddress proxy, string host, int port, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(new byte[] { Version, 1, proxy.User is null ? NoCredentials : UserAndPassword }, cancellationToken);
        var chosen = await ReadAsync(stream, 2, cancellationToken);
        if (chosen[0] != Version || chosen[1] is not (NoCredentials or UserAndPassword) || (chosen[1] == UserAndPassword && proxy.User is null))
        {
            throw new EgressException(chosen[0] == Version ? Refused(proxy) : $"the proxy {proxy.Name} does not speak SOCKS 5");
        }

        if (chosen[1] == UserAndPassword)
        {
            await AuthenticateAsync(stream, proxy, cancellationToken);
        }

        await stream.WriteAsync(Request(host, port), cancellationToken);
        await ReadReplyAsync(stream, proxy, cancellationToken);
    }

    private static async Task AuthenticateAsync(Stream stream, ProxyAddress proxy, CancellationToken cancellationToken)
    {
        var user = Encoding.UTF8.GetBytes(proxy.User!.Reveal());
        var password = Encoding.UTF8.GetBytes(proxy.Password?.Reveal() ?? "");
        await stream.WriteAsync((byte[])[1, (byte)user.Length, .. user, (byte)password.Length, .. password], cancellationToken);
        if ((await ReadAsync(stream, 2, cancellationToken))[1] != 0)
        {
            throw new EgressException(Refused(proxy));
        }
    }

    private static byte[] Request(string host, int port)
    {
        Span<byte> portBytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(portBytes, (ushort)port);
        if (IPAddress.TryParse(host, out var address))
        {
            return [Version, 1, 0, address.AddressFamily == AddressFamily.InterNetwork ? (byte)1 : (byte)4, .. address.GetAddressBytes(), .. portBytes];
        }

        var name = Encoding.ASCII.GetBytes(host);
        return name.Length <= HostBytesMax
            ? [Version, 1, 0, 3, (byte)name.Length, .. name, .. portBytes]
            : throw new EgressException("the host's name is too long for SOCKS 5", isAboutTarget: true);
    }

    private static async Task ReadReplyAsync(Stream stream, ProxyAddress proxy, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(stream, 4, cancellationToken);
        if (head[0] != Version)
        {
            throw new EgressException($"the proxy {proxy.Name} does not speak SOCKS 5");
        }

        if (head[1] != 0)
        {
            // 3, 4, 5, 6: the network, the host, its port, the way.
            throw new EgressException($"the proxy {proxy.Name} answers with SOCKS reply {head[1]}", isAboutTarget: head[1] is >= 3 and <= 6);
        }

        var addressBytes = head[3] switch
        {
            1 => 4,
            4 => 16,
            _ => (await ReadAsync(stream, 1, cancellationToken))[0],
        };
        await ReadAsync(stream, addressBytes + sizeof(ushort), cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static string Refused(ProxyAddress proxy) => $"the proxy {proxy.Name} refuses the user or the password";
}
