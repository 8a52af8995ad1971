using System.Text;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class AttemptRowTests
{
    public static TheoryData<string, string, string, bool> Calls => new()
    {
        { "/v1beta/models/gemini-x:generateContent", "{}", nameof(CallFace.Gemini), false },
        { "/v1beta/models/gemini-x:streamGenerateContent?alt=sse", "{}", nameof(CallFace.Gemini), true },
        { "/v1/chat/completions", "{\"model\":\"gemini-x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", nameof(CallFace.OpenAI), false },
        { "/v1/chat/completions", "{\"model\":\"gemini-x\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", nameof(CallFace.OpenAI), true },
        { "/openai/v1/chat/completions", "{\"model\":\"gemini-x\",\"stream\":true}", nameof(CallFace.OpenAIForward), true },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_LeavesARow_WithItsFace(string path, string body, string face, bool isStream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(503, Answers.Error(503, "UNAVAILABLE"));

        using var response = await gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        var rows = Take(gateway).Select(row => row.Attempt).ToList();
        Assert.Equal([1, 2, 3], rows.Select(row => row.Number));
        Assert.Equal(gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id), rows.Select(row => row.KeyId));
        Assert.All(rows, row => Assert.Equal(
            (Enum.Parse<CallFace>(face), isStream, "gemini-x", TestTokens.ClientId, CallOutcomeKind.UpstreamUnavailable, 503),
            (row.Face, row.IsStream, row.Model, row.ClientId, row.Outcome, row.Status)));
    }

    [Fact]
    public async Task Call_FailureThenSuccess_LeavesBoth()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 429, Answers.Error(429, "RESOURCE_EXHAUSTED", message: "Slow down.")),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent("{}"));

        var rows = Take(gateway);
        Assert.Equal([(1, CallOutcomeKind.KeyRateLimited, 429), (2, CallOutcomeKind.Succeeded, 200)], rows.Select(row => (row.Attempt.Number, row.Attempt.Outcome, row.Attempt.Status!.Value)));
        Assert.Equal([(null, null), (4L, 2L)], rows.Select(row => (row.Attempt.PromptTokens, row.Attempt.OutputTokens)));
        Assert.Equal("Slow down.", FaultText.Of(rows[0].Attempt, rows[0].Fault!, gateway.Settings.Current).Message);
        Assert.Null(rows[1].Fault);
    }

    private static List<QueuedAttempt> Take(GatewayUnderTest gateway)
    {
        var rows = new List<QueuedAttempt>();
        while (gateway.Services.GetRequiredService<CallLogQueue>().TryTake(out var row))
        {
            rows.Add(row);
        }

        return rows;
    }
}
