using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GeminiBalance.Gateway.Tests.Egress;

/// <summary>A real proxy for HTTP <c>CONNECT</c> and SOCKS 5 on a free port, which may ask for a user and a password.</summary>
internal sealed class SmallProxy : IDisposable
{
    public const string User = "user@team";
    public const string Password = "pass:word/of-the-proxy";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> targets = new();
    private readonly ConcurrentBag<TcpClient> open = [];
    private readonly bool isSocks;
    private readonly bool asksForUser;

    private SmallProxy(bool isSocks, bool asksForUser)
    {
        (this.isSocks, this.asksForUser) = (isSocks, asksForUser);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What was asked for through it, such as <c>localhost:443</c>.</summary>
    public IReadOnlyList<string> Targets => [.. targets];

    /// <summary>Answered in place of a tunnel: 502 for HTTP, reply 5 for SOCKS.</summary>
    public bool IsRefusing { get; set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => UrlWith(Password);

    public static SmallProxy Http(bool asksForUser = false) => new(isSocks: false, asksForUser);

    public static SmallProxy Socks5(bool asksForUser = false) => new(isSocks: true, asksForUser);

    public string UrlWith(string password)
    {
        var credentials = asksForUser ? $"{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(password)}@" : "";
        return $"{(isSocks ? "socks5" : "http")}://{credentials}127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var client in open)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync();
                open.Add(client);
                _ = ServeAsync(client);
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await (isSocks ? MeetSocksAsync(stream) : MeetHttpAsync(stream)) is not { } target)
                {
                    return;
                }

                using var upstream = new TcpClient();
                await upstream.ConnectAsync(target.Host, target.Port);
                await stream.WriteAsync(isSocks ? [5, 0, 0, 1, 0, 0, 0, 0, 0, 0] : Encoding.ASCII.GetBytes("HTTP/1.1 200 Connection established\r\n\r\n"));
                await Task.WhenAny(stream.CopyToAsync(upstream.GetStream()), upstream.GetStream().CopyToAsync(stream));
            }
            catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
            {
                // Whoever asked has left, or the test is over.
            }
        }
    }

    private async Task<(string Host, int Port)?> MeetHttpAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer) == 0)
            {
                return null;
            }

            head.Append((char)buffer[0]);
        }

        var expected = "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        var target = head.ToString().Split(' ')[1];
        targets.Enqueue(target);
        var isWelcome = !asksForUser || head.ToString().Contains(expected, StringComparison.Ordinal);
        if (!isWelcome || IsRefusing)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(isWelcome ? "502 Bad Gateway" : "407 Proxy Authentication Required")}\r\nContent-Length: 0\r\n\r\n"));
            return null;
        }

        var colon = target.LastIndexOf(':');
        return (target[..colon], int.Parse(target.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    private async Task<(string Host, int Port)?> MeetSocksAsync(NetworkStream stream)
    {
        async Task<byte[]> ReadAsync(int count)
        {
            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes);
            return bytes;
        }

        var methods = await ReadAsync((await ReadAsync(2))[1]);
        var method = (byte)(asksForUser ? 2 : 0);
        await stream.WriteAsync(new byte[] { 5, methods.Contains(method) ? method : (byte)255 });
        if (asksForUser)
        {
            var user = Encoding.UTF8.GetString(await ReadAsync((await ReadAsync(2))[1]));
            var password = Encoding.UTF8.GetString(await ReadAsync((await ReadAsync(1))[0]));
            var isWelcome = (user, password) == (User, Password);
            await stream.WriteAsync(new byte[] { 1, isWelcome ? (byte)0 : (byte)1 });
            if (!isWelcome)
            {
                return null;
            }
        }

        var form = (await ReadAsync(4))[3];
        var host = form == 3 ? Encoding.ASCII.GetString(await ReadAsync((await ReadAsync(1))[0])) : new IPAddress(await ReadAsync(form == 1 ? 4 : 16)).ToString();
        var portBytes = await ReadAsync(2);
        var port = (portBytes[0] << 8) | portBytes[1];
        targets.Enqueue($"{host}:{port}");
        if (IsRefusing)
        {
            await stream.WriteAsync(new byte[] { 5, 5, 0, 1, 0, 0, 0, 0, 0, 0 });
            return null;
        }

        return (host, port);
    }
}
