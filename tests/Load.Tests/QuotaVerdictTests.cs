using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class QuotaVerdictTests
{
    private static readonly UpstreamStatistics Clean = new(Requests: 500, Served: 500, RateLimited: 0, Violations: 0, FullestWindow: 5);

    [Fact]
    public void Of_RunAsPromised_EveryCheckHolds()
    {
        Assert.All(QuotaVerdict.Of(Run()), check => Assert.True(check.Holds, check.Text));
    }

    [Fact]
    public void Of_ExactlyTheShare_HoldsAndOneLessFails()
    {
        Assert.Empty(Failed(Run(served: 495)));
        Assert.Contains("served 494", Assert.Single(Failed(Run(served: 494))), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ServedAfterTheEnd_DoesNotCount()
    {
        var run = Run();
        var late = run.Answers.Select(answer => answer.Status == 200 ? answer with { Ended = run.Duration } : answer);

        Assert.Contains("served 0", Assert.Single(Failed(run with { Answers = [.. late] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_UpstreamRefusals_Fail()
    {
        Assert.Contains("refused 1", Assert.Single(Failed(Run() with { Upstream = Clean with { RateLimited = 1 } })), StringComparison.Ordinal);
        Assert.Contains("1 violations", Assert.Single(Failed(Run() with { Upstream = Clean with { Violations = 1 } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(429, null)]
    [InlineData(429, "0")]
    [InlineData(429, "soon")]
    [InlineData(0, null)]
    public void Of_AnswerThatIsNoTrue429_Fails(int status, string? retryAfter)
    {
        var run = Run();
        var wrong = Ended(at: 30, status, retryAfter);

        Assert.Contains($"1 of status {status}", Assert.Single(Failed(run with { Answers = [.. run.Answers, wrong] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ConnectionsCutByTheKill_AreForgivenOnlyThen()
    {
        var run = Run() with { Outage = new Outage(TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(57)) };

        Assert.Empty(Failed(run with { Answers = [.. run.Answers, Ended(at: 55, 0, null), Ended(at: 56, 0, null)] }));
        Assert.Single(Failed(run with { Answers = [.. run.Answers, Ended(at: 54, 0, null)] }));
        Assert.Single(Failed(run with { Answers = [.. run.Answers, Ended(at: 59, 0, null)] }));
        Assert.Single(Failed(run with { Answers = [.. run.Answers, Ended(at: 56, 502, null)] }));
    }

    private static IEnumerable<string> Failed(QuotaRun run) => QuotaVerdict.Of(run).Where(check => !check.Holds).Select(check => check.Text);

    /// <summary>One minute of 600 calls for 500 tokens: all served in the first 50 s, the rest refused.</summary>
    private static QuotaRun Run(int served = 500) => new()
    {
        Tokens = 500,
        RequestsPerSecond = 10,
        Duration = TimeSpan.FromSeconds(60),
        WaitMax = TimeSpan.Zero,
        Upstream = Clean,
        Answers = [.. Enumerable.Range(0, 600).Select(i => i < served ? Ended(i / 10.0, 200, null) : Ended(i / 10.0, 429, "10"))],
    };

    private static Answer Ended(double at, int status, string? retryAfter) =>
        new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at), status, retryAfter);
}
