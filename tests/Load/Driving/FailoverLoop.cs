using System.Net.Sockets;
using GeminiBalance.Load.Http;

namespace GeminiBalance.Load.Driving;

/// <summary>
/// Requests on a fixed timetable to several servers that stand for one. As a load balancer does, it takes them in turn, and sends a request to the next
/// when a connection is refused, or closed before any byte of the answer.
/// </summary>
/// <param name="time">The clock of the timetable.</param>
/// <param name="epoch">The timestamp from which the times of answers count.</param>
/// <param name="servers">For each server, the requests it gets in turn.</param>
/// <param name="requestsPerSecond">Over all servers.</param>
internal sealed class FailoverLoop(TimeProvider time, long epoch, IReadOnlyList<IReadOnlyList<PreparedRequest>> servers, double requestsPerSecond) : IDisposable
{
    /// <summary>How long answers are waited for after the last request was sent.</summary>
    private static readonly TimeSpan AnswerWaitMax = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take to notice that it is to stop.</summary>
    private static readonly TimeSpan StopNoticed = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a request goes round all servers: the first time it may meet an idle connection that has died.</summary>
    private const int RoundsMax = 2;

    private readonly ConnectionPool[] connections = [.. servers.Select(requests => new ConnectionPool(requests[0].EndPoint))];

    /// <summary>Runs the timetable until it is stopped and waits for all answers.</summary>
    /// <param name="onAnswer">Told of every answer, from several threads. Times count from the epoch.</param>
    /// <param name="stop">Stops sending.</param>
    /// <param name="cancellationToken">Gives up the answers still due, too.</param>
    public async Task RunAsync(Action<Answer> onAnswer, CancellationToken stop, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sent = new List<Task>();
        var first = Now();
        await PacingThread.RunAsync(() =>
        {
            while (!stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                var due = first + TimeSpan.FromSeconds(sent.Count / requestsPerSecond);
                var next = Now() + StopNoticed;
                Pacer.WaitUntil(time, epoch + (long)((next < due ? next : due).TotalSeconds * time.TimestampFrequency));
                if (next >= due)
                {
                    sent.Add(SendAsync(sent.Count, due, onAnswer, giveUp.Token));
                }
            }
        });
        giveUp.CancelAfter(AnswerWaitMax);
        await Task.WhenAll(sent);
    }

    public void Dispose()
    {
        foreach (var pool in connections)
        {
            pool.Dispose();
        }
    }

    private async Task SendAsync(int number, TimeSpan scheduled, Action<Answer> onAnswer, CancellationToken cancellationToken)
    {
        for (var resent = 0; ; resent++)
        {
            var server = (number + resent) % servers.Count;
            var failed = new Answer(scheduled, default, default, Status: 0, RetryAfter: null) { Server = server, Began = Now(), Resent = resent };
            LeanConnection? connection = null;
            try
            {
                connection = await connections[server].RentAsync(cancellationToken);
                onAnswer(await ExchangeAsync(connection, servers[server][number % servers[server].Count], failed, cancellationToken));
                return;
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                connections[server].Clear();
                if (connection is { HasAnswered: true } || resent + 1 == servers.Count * RoundsMax || cancellationToken.IsCancellationRequested)
                {
                    onAnswer(failed with { FirstByte = Now(), Ended = Now() });
                    return;
                }
            }
            finally
            {
                if (connection is not null)
                {
                    connections[server].Return(connection);
                }
            }
        }
    }

    private async Task<Answer> ExchangeAsync(LeanConnection connection, PreparedRequest request, Answer failed, CancellationToken cancellationToken)
    {
        var head = await connection.SendAsync(request.Bytes, cancellationToken);
        var tail = new BodyTail(request.ProperEnd.Length);
        var piece = await connection.ReadBodyAsync(cancellationToken);
        var firstByte = Now();
        while (!piece.IsEmpty)
        {
            tail.Add(piece.Span);
            piece = await connection.ReadBodyAsync(cancellationToken);
        }

        if (head.Status == 200 && !tail.Is(request.ProperEnd.Span))
        {
            throw new IOException("The answer has not the end it should have.");
        }

        return failed with { FirstByte = firstByte, Ended = Now(), Status = head.Status, RetryAfter = head.RetryAfter, KeyId = head.KeyId };
    }

    private TimeSpan Now() => time.GetElapsedTime(epoch);
}
