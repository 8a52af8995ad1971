using System.Net.Sockets;
using GeminiBalance.Load.Http;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Driving;

/// <summary>Many slow streams at the same time: what is watched is the silence between two pieces of each.</summary>
internal sealed class PacedStreams(TimeProvider time, PreparedRequest request)
{
    private long _bytes;
    private long _completed;
    private long _failed;

    /// <summary>From sending a request to the first byte of its body.</summary>
    public LatencyHistogram FirstByte { get; } = new();

    /// <summary>From one piece of a stream to its next one, the end included.</summary>
    public LatencyHistogram Gaps { get; } = new();

    /// <summary>Bytes of all bodies.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Streams that were 200 and came to their proper end.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    public long Failed => Interlocked.Read(ref _failed);

    /// <param name="streams">How many run at the same time.</param>
    /// <param name="ramp">The time over which they are opened, evenly.</param>
    /// <param name="whileAllRun">Done when all are open.</param>
    /// <param name="cancellationToken">Breaks all streams off.</param>
    public async Task RunAsync(int streams, TimeSpan ramp, Action whileAllRun, CancellationToken cancellationToken)
    {
        var running = new Task[streams];
        for (var i = 0; i < streams; i++)
        {
            running[i] = ReadOneAsync(cancellationToken);
            await Task.Delay(ramp / streams, time, cancellationToken);
        }

        whileAllRun();
        await Task.WhenAll(running);
    }

    private async Task ReadOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await LeanConnection.ConnectAsync(request.EndPoint, cancellationToken);
            var last = time.GetTimestamp();
            var head = await connection.SendAsync(request.Bytes, cancellationToken);
            var histogram = FirstByte;
            ReadOnlyMemory<byte> piece;
            do
            {
                piece = await connection.ReadBodyAsync(cancellationToken);
                Interlocked.Add(ref _bytes, piece.Length);
                var now = time.GetTimestamp();
                histogram.Record(time.GetElapsedTime(last, now));
                (last, histogram) = (now, Gaps);
            }
            while (!piece.IsEmpty);
            Interlocked.Increment(ref head.Status == 200 ? ref _completed : ref _failed);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            Interlocked.Increment(ref _failed);
        }
    }
}
