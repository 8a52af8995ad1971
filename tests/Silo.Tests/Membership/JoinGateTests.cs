using System.Net;
using GeminiBalance.Silo.Membership;
using GeminiBalance.Silo.Settings;
using GeminiBalance.Silo.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Silo.Tests.Membership;

public sealed class JoinGateTests
{
    private static readonly SiloAddress Member = SiloAddress.New(IPAddress.Loopback, 11112, 1);
    private readonly ManualTimeProvider time = new();
    private readonly LogLines log = new();
    private readonly ScriptedProbe probe = new();
    private readonly OneRowTable table = new(Member);

    public JoinGateTests() => (table.Entry.StartTime, table.Entry.IAmAliveTime) = (Now - TimeSpan.FromHours(1), Now);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [Fact]
    public void AMemberThatAnswers_HoldsNothingUp() => Assert.True(Wait(new SiloSettings()).IsCompletedSuccessfully);

    [Fact]
    public void AMemberSilentForLong_HoldsNothingUp()
    {
        probe.IsThere = false;
        table.Entry.IAmAliveTime = Now - TimeSpan.FromSeconds(15.1);

        Assert.True(Wait(new SiloSettings()).IsCompletedSuccessfully);
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown)]
    public void OnlyActiveMembers_AreAwaited(SiloStatus status)
    {
        probe.IsThere = false;
        table.Entry.Status = status;

        Assert.True(Wait(new SiloSettings()).IsCompletedSuccessfully);
    }

    [Fact]
    public void ItsOwnFormerRun_IsNotAwaited()
    {
        probe.IsThere = false;

        Assert.True(Wait(new SiloSettings { SiloPort = 11112 }).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AMemberThatIsGone_IsAwaitedUntilItWasSilentForLongEnough()
    {
        probe.IsThere = false;
        var waiting = Wait(new SiloSettings());

        time.Advance(TimeSpan.FromSeconds(15));
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
        Assert.Equal($"Warning 6007 Cannot reach {Member}: waiting up to 30 s until they count as gone or answer", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task AMemberThatComesBack_IsNotAwaitedAnyLonger()
    {
        probe.IsThere = false;
        var waiting = Wait(new SiloSettings());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(waiting.IsCompleted);

        probe.IsThere = true;
        time.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task AClockThatIsAhead_DoesNotHoldItUpForEver()
    {
        probe.IsThere = false;
        table.Entry.IAmAliveTime = Now + TimeSpan.FromHours(1);
        var waiting = Wait(new SiloSettings());

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    private Task Wait(SiloSettings settings) => new JoinGate(table, probe, settings, time, log.For<JoinGate>()).WaitAsync(CancellationToken.None);
}
