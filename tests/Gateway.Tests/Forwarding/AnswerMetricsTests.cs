using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

/// <summary>Answers that were none, and that a client never hears of: operators see how many.</summary>
public sealed class AnswerMetricsTests
{
    private const string Native = "/v1beta/models/gemini-x:generateContent";
    private const string NativeStream = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    private const string Chat = """{"model":"gemini-x","messages":[{"role":"user","content":"Hi"}]}""";
    private static readonly string Unfinished = Answers.Ok.Replace("\"finishReason\": \"STOP\",", "", StringComparison.Ordinal);

    [Fact]
    public async Task Retried_CountsByReason()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var counts = new Dictionary<string, long>();
        using var listener = Listen(gateway, counts);
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty),
            context => ScriptedUpstream.WriteAsync(context, 200, Unfinished),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway));

        Assert.Equal(new Dictionary<string, long> { ["empty"] = 1, ["unfinished"] = 1 }, counts);
    }

    [Theory]
    [InlineData(Native, "application/json", "{\"candidates\": [", "malformed")]
    [InlineData(Native, "application/json", "{\"error\": \"odd\"}", "error")]
    [InlineData(NativeStream, Answers.Sse, "", "unfinished")]
    [InlineData(NativeStream, Answers.Sse, "data: {\"error\": \"odd\"}\r\n\r\n", "error")]
    [InlineData("/v1/embeddings", "application/json", "{\"embeddings\": []}", "incomplete")]
    public async Task Retried_KnowsEveryWayToBeNoAnswer(string path, string type, string answer, string reason)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { MaxRetries = 2 });
        var counts = new Dictionary<string, long>();
        using var listener = Listen(gateway, counts);
        gateway.Upstream.Always(200, answer, type);
        using var body = new StringContent("""{"model":"gemini-x","input":"Hi"}""", Encoding.UTF8, "application/json");

        (await gateway.Client.PostAsync(path, body)).Dispose();

        Assert.Equal(new Dictionary<string, long> { [reason] = 1 }, counts);
    }

    [Theory]
    [InlineData(CallOutcomeKind.UpstreamBroken)]
    [InlineData(CallOutcomeKind.UpstreamTimedOut)]
    public async Task Retried_CountsAnAnswerThatBreaksOff_HoweverItDid(CallOutcomeKind kind)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var counts = new Dictionary<string, long>();
        using var listener = Listen(gateway, counts);

        gateway.Services.GetRequiredService<AnswerMetrics>().Retried(BrokenAnswer.Of(CallFault.Cut, kind));

        Assert.Equal(new Dictionary<string, long> { ["cut"] = 1 }, counts);
    }

    [Fact]
    public async Task Retried_DoesNotCountTheLastAttemptNorOtherFailures()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { MaxRetries = 2 });
        var counts = new Dictionary<string, long>();
        using var listener = Listen(gateway, counts);
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT", Answers.Reason("API_KEY_INVALID"))),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty));

        Assert.Equal(HttpStatusCode.BadGateway, await AskAsync(gateway));

        Assert.Empty(counts);
    }

    private static MeterListener Listen(GatewayUnderTest gateway, Dictionary<string, long> counts)
    {
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "geminibalance.answers.retried")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counts)
            {
                var reason = (string)tags[0].Value!;
                counts[reason] = counts.GetValueOrDefault(reason) + value;
            }
        });
        listener.Start();
        return listener;
    }

    private static async Task<HttpStatusCode> AskAsync(GatewayUnderTest gateway)
    {
        using var response = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(Chat, Encoding.UTF8, "application/json"));
        return response.StatusCode;
    }
}
