using System.Net.Sockets;
using GeminiBalance.Load.Http;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Driving;

/// <summary>Requests on a fixed timetable: the next one is sent when it is due, whether or not earlier ones were answered.</summary>
internal sealed class OpenLoop(TimeProvider time, PreparedRequest request, double requestsPerSecond) : IDisposable
{
    /// <summary>How long answers are waited for after the last request was sent.</summary>
    private static readonly TimeSpan AnswerWaitMax = TimeSpan.FromSeconds(60);

    private readonly ConnectionPool _connections = new(request.EndPoint);
    private long _started;

    /// <summary>How late requests left, by the generator's own fault.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Runs the timetable from its first to its last request and waits for all answers.</summary>
    /// <param name="duration">How long requests are sent.</param>
    /// <param name="onAnswer">Told of every answer, from several threads.</param>
    /// <param name="cancellationToken">Stops sending and gives up the answers still due.</param>
    public async Task RunAsync(TimeSpan duration, Action<Answer> onAnswer, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = new Task[(int)Math.Floor(duration.TotalSeconds * requestsPerSecond)];
        _started = time.GetTimestamp();
        await PacingThread.RunAsync(() =>
        {
            for (var i = 0; i < requests.Length; i++)
            {
                var scheduled = TimeSpan.FromSeconds(i / requestsPerSecond);
                Pacer.WaitUntil(time, _started + (long)(scheduled.TotalSeconds * time.TimestampFrequency));
                cancellationToken.ThrowIfCancellationRequested();
                requests[i] = SendAsync(scheduled, onAnswer, giveUp.Token);
            }
        });
        giveUp.CancelAfter(AnswerWaitMax);
        await Task.WhenAll(requests);
    }

    public void Dispose() => _connections.Dispose();

    private async Task SendAsync(TimeSpan scheduled, Action<Answer> onAnswer, CancellationToken cancellationToken)
    {
        Lateness.Record(Now() - scheduled);
        LeanConnection? connection = null;
        try
        {
            connection = await _connections.RentAsync(cancellationToken);
            var head = await connection.SendAsync(request.Bytes, cancellationToken);
            var piece = await connection.ReadBodyAsync(cancellationToken);
            var firstByte = Now();
            if (!piece.IsEmpty)
            {
                await connection.DrainAsync(cancellationToken);
            }

            onAnswer(new Answer(scheduled, firstByte, Now(), head.Status, head.RetryAfter));
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            _connections.Clear();
            onAnswer(new Answer(scheduled, Now(), Now(), Status: 0, RetryAfter: null));
        }
        finally
        {
            if (connection is not null)
            {
                _connections.Return(connection);
            }
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_started);
}
