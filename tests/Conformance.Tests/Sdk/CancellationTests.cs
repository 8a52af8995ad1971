using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged: a client that leaves in the middle of an answer leaves nothing running.</summary>
public sealed class CancellationTests : ConformanceTest
{
    private const int Streams = 5;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("[[long 20]] [[pace 60000]]")] // silent when the client leaves
    [InlineData("[[long 20000]] [[pace 1]]")] // in full flow
    public async Task Stream_ClientLeaves_UpstreamCallEndsAtOnce(string prompt)
    {
        var latencies = new List<TimeSpan>();
        using var patience = new CancellationTokenSource(WaitMax, TimeProvider.System);
        for (var stream = 1; stream <= Streams; stream++)
        {
            using var leaving = new CancellationTokenSource();
            await using var updates = Gateway.NewSdk().GetChatClient("gemini-2.5-flash")
                .CompleteChatStreamingAsync([prompt], cancellationToken: leaving.Token).GetAsyncEnumerator(CancellationToken.None);
            while (await updates.MoveNextAsync() && updates.Current.ContentUpdate.Count == 0)
            {
                // The first chunk names only the role.
            }

            var left = TimeProvider.System.GetUtcNow();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => { while (await updates.MoveNextAsync()) { } });
            await updates.DisposeAsync();

            var aborts = stream;
            await Upstream.Stats.WaitUntilAsync(stats => stats.AbortedByClient == aborts, patience.Token);
            latencies.Add(Upstream.Stats.LastAbortAt!.Value - left);
        }

        // Of several, so that one pause of the machine does not count.
        Assert.True(latencies.Order().ElementAt(Streams / 2) < LatencyMax, $"Upstream calls ended after {string.Join(", ", latencies)}.");
        Assert.Equal(0, Upstream.Stats.InFlight);
        await Gateway.AssertNoKeyIsBlamedAsync("clients that left");
    }
}
