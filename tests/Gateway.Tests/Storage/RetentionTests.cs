using System.Threading.Channels;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class RetentionTests
{
    private const int RowsMax = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    [Fact]
    public async Task Deletes_AfterEachInterval_UntilABatchIsNotFull()
    {
        var time = new TimerWatch(new ManualTimeProvider(), Interval);
        using var retention = new Scripted(time, 10, 10, 3, 0);
        await retention.StartAsync(CancellationToken.None);

        await time.Armed;
        Assert.Equal(0, retention.Asked);
        await time.PassAsync();
        Assert.Equal("deleted 23", await retention.Told.Reader.ReadAsync());

        Assert.Equal(3, retention.Asked);
        await retention.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Failure_IsTold_AndTheNextTimeCatchesUp()
    {
        var time = new TimerWatch(new ManualTimeProvider(), Interval);
        using var retention = new Scripted(time, -1, 4);
        await retention.StartAsync(CancellationToken.None);

        await time.PassAsync();
        Assert.Equal("failed", await retention.Told.Reader.ReadAsync());
        await time.PassAsync();

        Assert.Equal("deleted 4", await retention.Told.Reader.ReadAsync());
        await retention.StopAsync(CancellationToken.None);
    }

    /// <summary>Deletes as many rows as it is told, one number a call; a negative one is a failure.</summary>
    private sealed class Scripted(TimeProvider time, params int[] rows) : Retention(time)
    {
        private readonly Queue<int> rows = new(rows);

        public Channel<string> Told { get; } = Channel.CreateUnbounded<string>();

        public int Asked { get; private set; }

        protected override TimeSpan Interval => RetentionTests.Interval;

        public override Task<long> DeleteAsync(CancellationToken cancellationToken) => RepeatAsync(
            () =>
            {
                Asked++;
                return rows.Dequeue() is >= 0 and var deleted ? ValueTask.FromResult(deleted) : throw new IOException("away");
            },
            RowsMax);

        protected override void TellDeleted(long rows) => Told.Writer.TryWrite($"deleted {rows}");

        protected override void TellFailed(Exception failure) => Told.Writer.TryWrite("failed");
    }
}
