using System.Net.WebSockets;
using System.Text;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using GeminiBalance.Replay.Tests.Tables;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Recorded sessions of the Live API: every message passes as it is, in its order, both ways.</summary>
[Collection(ReplayCollection.Name)]
public sealed class LiveFaceTests(ReplayRun run, ITestOutputHelper output)
{
    private const string Path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(30);

    [RecordedTheory]
    [InlineData("js-genai", 10)]
    [InlineData("dotnet-genai", 11)]
    [InlineData("pydantic-ai", 5)]
    public async Task Sessions_PassMessageByMessage(string project, int passedMin)
    {
        var row = run.Table.Row("Live", project);
        foreach (var session in SessionLogs.Read(project))
        {
            if (session.Messages.Count == 0)
            {
                row.LeaveOut("recorded without a message");
            }
            else if (Encoding.UTF8.GetString(session.Messages[0].Bytes).Contains("\"projects/", StringComparison.Ordinal))
            {
                row.LeaveOut("Vertex AI's projects: other paths and credentials");
            }
            else if (await Record.ExceptionAsync(() => ReplayAsync(session)) is { } fault)
            {
                row.Faults.Add($"{session}: {fault.Message}");
            }
            else
            {
                row.Pass([]);
            }
        }

        ReplayVerdict.Check(row, passedMin, output);
    }

    private async Task ReplayAsync(RecordedSession session)
    {
        using var limit = new CancellationTokenSource(TimeOut);
        run.Gateway.Upstream.Play(session);
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(run.Gateway.Client.BaseAddress!) { Scheme = "ws", Path = Path, Query = $"key={ReplayGateway.ClientToken}" };
        await socket.ConnectAsync(address.Uri, limit.Token);
        foreach (var (isClients, bytes) in session.Messages)
        {
            if (isClients)
            {
                await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            }
            else
            {
                Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(await socket.ReceiveWholeAsync(limit.Token) ?? []));
            }
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        var sent = await run.Gateway.Upstream.SessionEnded.WaitAsync(limit.Token);
        Assert.Equal(session.Messages.Where(message => message.IsClients).Select(message => Encoding.UTF8.GetString(message.Bytes)), sent.Select(Encoding.UTF8.GetString));
    }
}
