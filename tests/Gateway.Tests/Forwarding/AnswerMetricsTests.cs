using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Forwarding;

/// <summary>Answers that were none, and that a client never hears of: operators see how many.</summary>
public sealed class AnswerMetricsTests
{
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
