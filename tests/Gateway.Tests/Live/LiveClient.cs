using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Live;

/// <summary>A client of the Live API as SDKs are: a WebSocket and JSON.</summary>
internal sealed class LiveClient : IDisposable
{
    public const string Path = "ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    public const string Model = "gemini-3.1-flash-live-preview";
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource limit = new(TimeOut, TimeProvider.System);

    public ClientWebSocket Socket => socket;

    public static async Task<LiveClient> ConnectAsync(GatewayUnderTest gateway, string? query = null, string? header = GatewayUnderTest.Token, string path = "/" + Path)
    {
        var client = new LiveClient();
        client.socket.Options.CollectHttpResponseDetails = true;
        if (header is not null)
        {
            client.socket.Options.SetRequestHeader("x-goog-api-key", header);
        }

        var address = new UriBuilder(gateway.Address) { Scheme = "ws", Path = path, Query = query };
        await client.socket.ConnectAsync(address.Uri, client.limit.Token);
        return client;
    }

    /// <summary>Connects and sets a session up.</summary>
    public static async Task<LiveClient> BeginAsync(GatewayUnderTest gateway, string more = "", string model = Model)
    {
        var client = await ConnectAsync(gateway);
        await client.SendAsync(Setup(more, model));
        Assert.NotNull((await client.ReceiveAsync())["setupComplete"]);
        return client;
    }

    public static string Setup(string more = "", string model = Model) => $$$"""{"setup":{"model":"models/{{{model}}}"{{{more}}}}}""";

    public static string Turn(string text) => $$$"""{"clientContent":{"turns":[{"role":"user","parts":[{"text":{{{JsonValue.Create(text).ToJsonString()}}}}]}],"turnComplete":true}}""";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) => socket.SendAsync(message, type, endOfMessage: true, limit.Token);

    /// <summary>The text of the answer to a turn, and the handle that came with it.</summary>
    public async Task<(string Text, string? Handle)> SayAsync(string text, bool hasHandle = false)
    {
        await SendAsync(Turn(text));
        var answer = (await ReceiveAsync())["serverContent"]!["modelTurn"]!["parts"]![0]!["text"]!.GetValue<string>();
        await ReceiveAsync();
        Assert.NotNull((await ReceiveAsync())["usageMetadata"]);
        return (answer, hasHandle ? (await ReceiveAsync())["sessionResumptionUpdate"]!["newHandle"]!.GetValue<string>() : null);
    }

    public async Task<JsonNode> ReceiveAsync() => JsonNode.Parse((await ReceiveBytesAsync()).Bytes)!;

    public async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveBytesAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            Assert.True(received.MessageType != WebSocketMessageType.Close, $"Closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return (received.MessageType, message.ToArray());
            }
        }
    }

    /// <summary>Reads up to the close frame.</summary>
    public async Task<(int Code, string Reason)> WhenClosedAsync()
    {
        var buffer = new byte[64 * 1024];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != WebSocketMessageType.Close)
        {
            // What was said before the end.
        }

        return ((int)socket.CloseStatus!, socket.CloseStatusDescription ?? "");
    }

    public Task CloseAsync(int code = 1000, string reason = "") => socket.CloseAsync((WebSocketCloseStatus)code, reason, limit.Token);

    public void Dispose()
    {
        socket.Dispose();
        limit.Dispose();
    }
}
