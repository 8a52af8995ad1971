using System.Net;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Upstream;

/// <summary>An error says by its status who is at fault, also when its body never ends.</summary>
public sealed class StalledErrorTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(400, CallOutcomeKind.RequestRejected)]
    [InlineData(429, CallOutcomeKind.KeyRateLimited)]
    [InlineData(503, CallOutcomeKind.UpstreamUnavailable)]
    public async Task Read_BodyStalls_GoesByTheStatus(int status, CallOutcomeKind blamed)
    {
        using var timer = new AttemptTimer(Silence, Silence, clock, CancellationToken.None);

        var result = await ReadAsync(status, timer, () => clock.Advance(Silence));

        Assert.Equal((blamed, status), (result.Outcome.Kind, result.Status));
    }

    [Fact]
    public async Task Read_ClientLeavesMeanwhile_IsNotTheUpstreams()
    {
        using var client = new CancellationTokenSource();
        using var timer = new AttemptTimer(Silence, Silence, clock, client.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ReadAsync(429, timer, client.Cancel));
    }

    private static async Task<AttemptResult> ReadAsync(int status, AttemptTimer timer, Action stall)
    {
        var call = new UpstreamCall
        {
            Settings = new GatewaySettings(), Method = HttpMethod.Post, Address = new Uri("http://upstream.test/"), Model = "gemini-x", ClientId = "client", Face = CallFace.Gemini,
        };
        await using var body = new StallingStream(stall);
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
        return await UpstreamErrors.ReadAsync(response, call, Samples.NewKey(1), timer);
    }
}
