using GeminiBalance.Load.Http;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Driving;

/// <summary>A fixed number of connections, each sending its next request when the last one was answered: the most a server can do, and its latency at rest.</summary>
internal static class ClosedLoop
{
    /// <exception cref="InvalidOperationException">An answer was not 200: the figures would be worth nothing.</exception>
    public static Task<ClosedLoopResult> RunAsync(TimeProvider time, PreparedRequest request, int connections, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(time, [request], connections, duration, cancellationToken);

    /// <summary>The same with several requests to one server in turn.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200: the figures would be worth nothing.</exception>
    public static async Task<ClosedLoopResult> RunAsync(
        TimeProvider time, IReadOnlyList<PreparedRequest> requests, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var sentCount = 0;
        var latency = new LatencyHistogram();
        var started = time.GetTimestamp();
        var workers = new Task[connections];
        for (var i = 0; i < connections; i++)
        {
            workers[i] = WorkAsync();
        }

        await Task.WhenAll(workers);
        return new ClosedLoopResult(latency, time.GetElapsedTime(started));

        async Task WorkAsync()
        {
            using var connection = await LeanConnection.ConnectAsync(requests[0].EndPoint, cancellationToken);
            while (time.GetElapsedTime(started) < duration)
            {
                var request = requests[(int)((uint)Interlocked.Increment(ref sentCount) % (uint)requests.Count)];
                var sent = time.GetTimestamp();
                var head = await connection.SendAsync(request.Bytes, cancellationToken);
                await connection.DrainAsync(cancellationToken);
                latency.Record(time.GetElapsedTime(sent));
                if (head.Status != 200)
                {
                    throw new InvalidOperationException($"Status {head.Status} from {request.EndPoint} under load.");
                }
            }
        }
    }
}
