using System.Globalization;
using System.Text;

namespace GeminiBalance.Gateway.Egress;

/// <summary><c>CONNECT</c> (RFC 9110, 9.3.6), with <c>Basic</c> credentials.</summary>
internal static class HttpConnectHandshake
{
    private const int AnswerBytesMax = 8 * 1024;

    public static async Task RunAsync(Stream stream, ProxyAddress proxy, string host, int port, CancellationToken cancellationToken)
    {
        var target = $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port.ToString(CultureInfo.InvariantCulture)}";
        var credential = proxy.User is null
            ? ""
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{proxy.User.Reveal()}:{proxy.Password?.Reveal()}"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{credential}\r\n"), cancellationToken);
        var status = await ReadStatusAsync(stream, proxy, cancellationToken);
        switch (status)
        {
            case 200:
                return;
            case 407:
                throw new EgressException($"the proxy {proxy.Name} refuses the user or the password");
            case >= 400 and < 600:
                throw new EgressException($"the proxy {proxy.Name} answers CONNECT with status {status}", isAboutTarget: status is 403 or 404 or >= 500);
            default:
                throw Broken(proxy);
        }
    }

    /// <summary>Whoever asked speaks first in the tunnel, so nothing follows the empty line of a success.</summary>
    private static async Task<int> ReadStatusAsync(Stream stream, ProxyAddress proxy, CancellationToken cancellationToken)
    {
        var buffer = new byte[AnswerBytesMax];
        for (var count = 0; count < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
            count += read;
            if (buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                var status = StatusOf(Encoding.ASCII.GetString(buffer, 0, end));
                return status == 200 && end + 4 < count ? throw Broken(proxy) : status;
            }

            if (read == 0)
            {
                break;
            }
        }

        throw Broken(proxy);
    }

    private static int StatusOf(string head)
    {
        var words = head.Split('\r', 2)[0].Split(' ', 3);
        return words.Length >= 2 && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                ? status
                : 0;
    }

    private static EgressException Broken(ProxyAddress proxy) => new($"the proxy {proxy.Name} does not answer CONNECT as HTTP says");
}
