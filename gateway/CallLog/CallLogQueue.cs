using System.Threading.Channels;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Where attempts wait to be written. Taking one in never waits and never fails: a full queue drops the row, counts it, and keeps its numbers.</summary>
internal sealed class CallLogQueue
{
    private readonly CallLogOptions options;
    private readonly CallLogMetrics metrics;
    private readonly TimeProvider time;
    private readonly Channel<QueuedAttempt> rows;
    private readonly Lock gate = new();
    private CallTally overflow = new();
    private long dropped;
    private long uncounted;
    private int faultBytes;

    public CallLogQueue(CallLogOptions options, CallLogMetrics metrics, TimeProvider time)
    {
        this.options = options;
        this.metrics = metrics;
        this.time = time;
        rows = Channel.CreateBounded<QueuedAttempt>(new BoundedChannelOptions(options.QueueRowsMax) { SingleReader = true });
        metrics.ShowQueue(() => Count);
    }

    /// <summary>Rows that wait.</summary>
    public int Count => rows.Reader.Count;

    /// <summary>Rows that found the queue full since the start. The statistics have them, see <see cref="Uncounted"/>.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Dropped rows that the statistics could not take either.</summary>
    public long Uncounted => Volatile.Read(ref uncounted);

    /// <summary>Takes in an attempt that has ended.</summary>
    public void Record(UpstreamCall call, KeyId keyId, int number, in AttemptResult result)
    {
        if (result.Outcome.Kind == CallOutcomeKind.NotSent && !result.IsUnreachable)
        {
            return; // A lease that ran out before its call left is no attempt.
        }

        var attempt = new LoggedAttempt
        {
            Time = time.GetUtcNow(),
            KeyId = keyId,
            Model = call.Model,
            Face = call.Face,
            ClientId = call.ClientId,
            Number = number,
            IsStream = call.IsStream,
            Outcome = result.Outcome.Kind,
            Status = result.Outcome.Kind == CallOutcomeKind.Succeeded ? StatusCodes.Status200OK : result.Status,
            LatencyMs = (int)Math.Min(int.MaxValue, result.Outcome.Latency.TotalMilliseconds),
            PromptTokens = result.Outcome.PromptTokens,
            OutputTokens = result.Outcome.OutputTokens,
        };
        var fault = result.Outcome.Kind is CallOutcomeKind.Succeeded or CallOutcomeKind.ClientLeft ? null : Keep(call, result);
        if (!rows.Writer.TryWrite(new QueuedAttempt(attempt, fault)))
        {
            Release(fault);
            Drop(attempt);
        }
    }

    /// <summary>The next row. Its fault's memory is the caller's from now on.</summary>
    public bool TryTake(out QueuedAttempt row)
    {
        if (!rows.Reader.TryRead(out row))
        {
            return false;
        }

        Release(row.Fault);
        return true;
    }

    /// <summary>The numbers of the rows that were dropped since the last call.</summary>
    public CallTally TakeOverflow()
    {
        lock (gate)
        {
            var taken = overflow;
            overflow = new CallTally();
            return taken;
        }
    }

    private AttemptFault Keep(UpstreamCall call, in AttemptResult result)
    {
        var answer = result.Body.Length <= Limits.LoggedAnswerBytesMax ? result.Body : default;
        var body = call.Settings.RecordsRequestBodies ? call.Body ?? default : default;
        var kept = body[..Math.Min(body.Length, Limits.LoggedRequestBytesMax + Limits.SecretBytesMax)];
        var bytes = answer.Length + kept.Length;
        if (bytes == 0 || Interlocked.Add(ref faultBytes, bytes) <= options.FaultBytesMax)
        {
            return new AttemptFault(result.Outcome.Detail, answer, kept.ToArray(), kept.Length < body.Length);
        }

        Interlocked.Add(ref faultBytes, -bytes);
        return new AttemptFault(result.Outcome.Detail, default, default, IsRequestCut: false);
    }

    private void Release(AttemptFault? fault)
    {
        if (fault is { Bytes: > 0 and var bytes })
        {
            Interlocked.Add(ref faultBytes, -bytes);
        }
    }

    private void Drop(in LoggedAttempt attempt)
    {
        Interlocked.Increment(ref dropped);
        metrics.Dropped(1);
        lock (gate)
        {
            if (overflow.CellCount < options.CellsMax)
            {
                overflow.Add(attempt);
                return;
            }
        }

        Interlocked.Increment(ref uncounted);
    }
}
