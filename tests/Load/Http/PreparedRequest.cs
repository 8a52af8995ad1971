using System.Net;
using System.Text;

namespace GeminiBalance.Load.Http;

/// <summary>A request's bytes, made once and sent many times, and where to send them.</summary>
internal sealed record PreparedRequest(IPEndPoint EndPoint, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>With what the body of a good answer ends; empty when any end will do.</summary>
    public ReadOnlyMemory<byte> ProperEnd { get; init; }

    /// <param name="address">Scheme, host and port; only loopback addresses are driven.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="credential">Header name and value.</param>
    /// <param name="jsonBody">The body.</param>
    public static PreparedRequest Post(Uri address, string path, (string Name, string Value) credential, ReadOnlySpan<byte> jsonBody)
    {
        var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{credential.Name}: {credential.Value}\r\nContent-Type: application/json\r\nContent-Length: {jsonBody.Length}\r\n\r\n";
        return new PreparedRequest(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), (byte[])[.. Encoding.ASCII.GetBytes(head), .. jsonBody]);
    }
}
