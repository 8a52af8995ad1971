using System.Net;
using System.Net.Sockets;
using System.Text;
using GeminiBalance.Load.Http;

namespace GeminiBalance.Load.Tests;

public sealed class LeanConnectionTests
{
    private static readonly byte[] Request = "GET / HTTP/1.1\r\n\r\n"u8.ToArray();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n8\r\n, world!\r\n0\r\n\r\n", "hello, world!")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1F;x=y\r\nabcdefghijklmnopqrstuvwxyz01234\r\n0\r\nTrailer: x\r\n\r\n", "abcdefghijklmnopqrstuvwxyz01234")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "")]
    public async Task ReadBody_HoweverTheBytesAreCut_IsTheDecodedBody(string answer, string expected)
    {
        for (var cut = 1; cut <= answer.Length; cut++)
        {
            var (head, body, reusable) = await ExchangeAsync(answer, cut);

            Assert.Equal(expected, body);
            Assert.True(reusable);
            Assert.InRange(head.Status, 200, 204);
        }
    }

    [Fact]
    public async Task Send_RateLimited_ReadsStatusAndRetryAfter()
    {
        var (head, _, _) = await ExchangeAsync("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}", pieceBytes: 1000);

        Assert.Equal(new ResponseHead(429, "7"), head);
    }

    [Fact]
    public async Task Send_GatewayNamesTheKey_ReadsItsId()
    {
        var (head, _, _) = await ExchangeAsync("HTTP/1.1 200 OK\r\nX-Gateway-Key-Id: 0123456789abcdef\r\nContent-Length: 2\r\n\r\n{}", pieceBytes: 1000);

        Assert.Equal("0123456789abcdef", head.KeyId);
    }

    [Fact]
    public async Task ReadBody_ServerCloses_ConnectionIsNotReusable()
    {
        var (_, _, reusable) = await ExchangeAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", pieceBytes: 1000);

        Assert.False(reusable);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200")]
    public async Task ReadBody_CutOff_Throws(string answer)
    {
        await Assert.ThrowsAsync<IOException>(() => ExchangeAsync(answer, pieceBytes: 1000));
    }

    private static async Task<(ResponseHead Head, string Body, bool IsReusable)> ExchangeAsync(string answer, int pieceBytes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, Encoding.ASCII.GetBytes(answer), pieceBytes);
        using var connection = await LeanConnection.ConnectAsync((IPEndPoint)listener.LocalEndpoint, CancellationToken.None);
        var head = await connection.SendAsync(Request, CancellationToken.None);
        var body = new StringBuilder();
        while (await connection.ReadBodyAsync(CancellationToken.None) is { IsEmpty: false } piece)
        {
            body.Append(Encoding.ASCII.GetString(piece.Span));
        }

        await serving;
        return (head, body.ToString(), connection.IsReusable);
    }

    private static async Task ServeOnceAsync(TcpListener listener, byte[] answer, int pieceBytes)
    {
        using var client = await listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        await client.GetStream().ReadExactlyAsync(new byte[Request.Length]);
        foreach (var piece in answer.Chunk(pieceBytes))
        {
            await client.GetStream().WriteAsync(piece);
        }
    }
}
