using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Storage.MySql;
using GeminiBalance.TestKit;

namespace GeminiBalance.Cluster.Tests.Members;

public sealed class WriteBehindTests
{
    private static readonly WriteBehindBounds Bounds = new(WaitingMax: 5, WaitingBytesMax: 100, BatchMax: 2, BatchBytesMax: 100);

    [Fact]
    public async Task DatabaseAway_TheBatchGoesAgain_AndTheOldestOfTooManyAreForgotten()
    {
        var time = new ManualTimeProvider();
        using var rows = new ScriptedWriteBehind(time, Bounds) { Failure = MySqlFailure.Unreachable };
        rows.Keep(1, 2);
        await rows.StartAsync(CancellationToken.None);
        Assert.Equal("1, 2", await rows.Refused.Reader.ReadAsync());
        rows.Keep(3, 4, 5, 6, 7, 8);

        rows.Failure = null;
        await rows.StopAsync(CancellationToken.None);

        Assert.Equal("1, 2", await rows.Written.Reader.ReadAsync());
        Assert.Equal("4, 5", await rows.Written.Reader.ReadAsync());
        Assert.Equal("6, 7", await rows.Written.Reader.ReadAsync());
        Assert.Equal("8", await rows.Written.Reader.ReadAsync());
        Assert.Equal(["away"], rows.Told);
    }

    [Fact]
    public async Task BatchThatIsRefusedForEver_IsGivenUp_AndOthersAreWritten()
    {
        var time = new ManualTimeProvider();
        using var rows = new ScriptedWriteBehind(time, Bounds) { Failure = MySqlFailure.Other };
        rows.Keep(1, 2, 3);
        await rows.StartAsync(CancellationToken.None);
        Assert.Equal("1, 2", await rows.Refused.Reader.ReadAsync());

        rows.Failure = null;
        await rows.StopAsync(CancellationToken.None);

        Assert.Equal("3", await rows.Written.Reader.ReadAsync());
        Assert.False(rows.Written.Reader.TryRead(out _));
    }

    [Fact]
    public async Task StopWhileTheDatabaseIsAway_Ends()
    {
        using var rows = new ScriptedWriteBehind(new ManualTimeProvider(), Bounds) { Failure = MySqlFailure.Unreachable };
        rows.Keep(1);

        await rows.StopAsync(CancellationToken.None);

        Assert.Equal("1", await rows.Refused.Reader.ReadAsync());
        Assert.Equal(0, rows.Refused.Reader.Count);
    }

    [Fact]
    public async Task ManyBytes_TheOldestAreForgotten()
    {
        using var rows = new ScriptedWriteBehind(new ManualTimeProvider(), Bounds with { WaitingBytesMax = 2 });
        rows.Keep(1, 2, 3);

        await rows.StopAsync(CancellationToken.None);

        Assert.Equal("2, 3", await rows.Written.Reader.ReadAsync());
    }
}
