using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Http;

namespace GeminiBalance.Load.Tests;

public sealed class FailoverLoopTests : IDisposable
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[DONE]";
    private readonly List<TcpListener> listeners = [];

    [Fact]
    public async Task Run_ClosedBeforeAnyByte_TheNextServerAnswers()
    {
        var answer = await RunOneAsync(Server(""), Server(Good));

        Assert.Equal((200, 1, 1), (answer.Status, answer.Server, answer.Resent));
    }

    [Fact]
    public async Task Run_Refused_TheNextServerAnswers()
    {
        var gone = Server(Good);
        listeners[0].Stop();

        var answer = await RunOneAsync(gone, Server(Good));

        Assert.Equal((200, 1, 1), (answer.Status, answer.Server, answer.Resent));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[DO")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[MORE]")]
    [InlineData("HTTP/1.1 2")]
    public async Task Run_CutAfterTheFirstByte_IsNotSentAgain(string cut)
    {
        var answer = await RunOneAsync(Server(cut), Server(Good));

        Assert.Equal((0, 0, 0), (answer.Status, answer.Server, answer.Resent));
    }

    [Fact]
    public async Task Run_ErrorStatus_IsTheAnswer()
    {
        var answer = await RunOneAsync(Server("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"), Server(Good));

        Assert.Equal((503, 0, 0), (answer.Status, answer.Server, answer.Resent));
    }

    [Fact]
    public async Task Run_AllServersGone_Fails()
    {
        var answer = await RunOneAsync(Server(""), Server(""));

        Assert.Equal((0, 3), (answer.Status, answer.Resent));
    }

    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    private static async Task<Answer> RunOneAsync(params PreparedRequest[] servers)
    {
        using var loop = new FailoverLoop(TimeProvider.System, TimeProvider.System.GetTimestamp(), [.. servers.Select(request => new[] { request })], requestsPerSecond: 0.001);
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<Answer>();
        var answered = new TaskCompletionSource();
        var running = loop.RunAsync(
            answer =>
            {
                answers.Enqueue(answer);
                answered.TrySetResult();
            },
            stop.Token,
            CancellationToken.None);
        await answered.Task;
        await stop.CancelAsync();
        await running;
        return Assert.Single(answers);
    }

    /// <summary>A server that says this to every request and closes.</summary>
    private PreparedRequest Server(string answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listeners.Add(listener);
        listener.Start();
        var request = PreparedRequest.Post(new Uri($"http://{listener.LocalEndpoint}"), "/", ("a", "b"), default) with { ProperEnd = "[DONE]"u8.ToArray() };
        _ = ServeAsync(listener, request.Bytes.Length, Encoding.ASCII.GetBytes(answer));
        return request;
    }

    private static async Task ServeAsync(TcpListener listener, int requestBytes, byte[] answer)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[requestBytes]);
            await client.GetStream().WriteAsync(answer);
        }
    }
}
