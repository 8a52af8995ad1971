using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class FlowAccountTests
{
    private static readonly GatewayKill Kill = new(Server: 1, Seconds(10), Seconds(10.2));

    [Fact]
    public void Of_EveryKindOfEnd_IsCountedOnce()
    {
        var account = FlowAccount.Of([Ended(200), Ended(429, "3"), Ended(503, "1"), Ended(0, server: 1), Ended(502)], mayBeRefused: true, [Kill]);

        Assert.Equal((1, 1, 1, 1), (account.Served, account.Refused, account.Unavailable, account.Cut));
        Assert.Equal(502, Assert.Single(account.Failed).Status);
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(429, "0")]
    [InlineData(429, "soon")]
    [InlineData(500, "3")]
    [InlineData(503, null)]
    [InlineData(0, null)]
    public void Of_AnswerThatIsNoTrueRefusal_Failed(int status, string? retryAfter)
    {
        Assert.Single(FlowAccount.Of([Ended(status, retryAfter)], mayBeRefused: true, []).Failed);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void Of_RefusedWithinWhatThereIs_Failed(int status)
    {
        Assert.Single(FlowAccount.Of([Ended(status, "3")], mayBeRefused: false, []).Failed);
    }

    [Theory]
    [InlineData(1, 9.9, 10.1, true)]
    [InlineData(1, 10.1, 10.2, true)] // sent while it died
    [InlineData(1, 5, 11.1, true)] // its end was noticed a little later
    [InlineData(1, 5, 11.3, false)]
    [InlineData(1, 10.3, 10.4, false)] // sent afterwards
    [InlineData(1, 5, 9.9, false)] // broken before
    [InlineData(0, 9.9, 10.1, false)] // on the other gateway
    public void Of_BrokenConnection_IsCutOnlyInFlightOnTheKilledGateway(int server, double began, double ended, bool isCut)
    {
        var answer = Ended(0, server: server) with { Began = Seconds(began), Ended = Seconds(ended) };

        var account = FlowAccount.Of([answer], mayBeRefused: false, [Kill]);

        Assert.Equal(isCut ? 1 : 0, account.Cut);
        Assert.Equal(isCut ? 0 : 1, account.Failed.Count);
    }

    [Fact]
    public void Of_Resent_AreCountedBeside()
    {
        var account = FlowAccount.Of([Ended(200), Ended(200) with { Resent = 2 }], mayBeRefused: false, []);

        Assert.Equal((2, 1), (account.Served, account.Resent));
    }

    [Fact]
    public void DescribeFailed_ByStatus_SaysWhen()
    {
        var account = FlowAccount.Of([Ended(502), Ended(502) with { Ended = Seconds(12) }], mayBeRefused: false, []);

        Assert.Equal("2 of status 502 from 10.1 s to 12.0 s", account.DescribeFailed());
    }

    private static Answer Ended(int status, string? retryAfter = null, int server = 0) =>
        new(Seconds(9), Seconds(10.1), Seconds(10.1), status, retryAfter) { Server = server, Began = Seconds(9) };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
