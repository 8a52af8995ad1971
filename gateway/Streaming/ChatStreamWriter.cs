using System.Buffers;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The client's side of a translated stream: headers once, every event flushed, comments while it is silent.</summary>
internal sealed class ChatStreamWriter(HttpContext context, TimeSpan keepAliveInterval, TimeProvider time)
{
    private const string Events = "text/event-stream; charset=utf-8";

    /// <summary>The dialect of errors and of what fills silence.</summary>
    public Face Face { get; init; } = Face.OpenAI;

    /// <summary>The type of the answer. Only in events can comments and errors be told from the rest.</summary>
    public string ContentType { get; init; } = Events;

    public TimeSpan KeepAliveInterval => ContentType == Events ? keepAliveInterval : TimeSpan.Zero;

    /// <summary>Whether signs of life come before the answer. They hold nothing of it, so that attempts go on behind them.</summary>
    public bool BeatsEarly { get; init; }

    /// <summary>Null when there are none.</summary>
    public EarlyBeats? Beats { get; private set; }

    /// <summary>Whether the client has been given a status.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Fires when the client leaves.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Where chunks are written once the answer has started.</summary>
    public IBufferWriter<byte> Output => context.Response.BodyWriter;

    /// <summary>Commits: status and headers. Later streams of the same answer change nothing.</summary>
    public void Start(UpstreamAnswer answer) => Start(answer.Attempt, answer.KeyId);

    /// <param name="attempts">How many calls it took; zero when that is not known yet.</param>
    /// <param name="keyId">The key that ended it.</param>
    public void Start(int attempts, KeyId? keyId)
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        AnswerHeaders.SetStream(context.Response);
        if (attempts > 0)
        {
            AnswerHeaders.SetCall(context.Response, attempts, keyId);
        }
    }

    /// <summary>Begins the signs of life of a call, where they are asked for. They end with its answer's beginning, or by its caller.</summary>
    public void BeginBeats()
    {
        if (BeatsEarly && KeepAliveInterval > TimeSpan.Zero)
        {
            Beats = new EarlyBeats(BeatAsync, keepAliveInterval, time);
            Beats.Begin();
        }
    }

    public ValueTask EndBeatsAsync() => Beats?.EndAsync() ?? default;

    /// <summary>Shows a client that has nothing of its answer yet that somebody works on it.</summary>
    public ValueTask BeatAsync()
    {
        Start(attempts: 0, keyId: null);
        KeepAlive();
        return FlushAsync();
    }

    /// <summary>Writes what keeps a silent connection open and means nothing.</summary>
    public void KeepAlive() => Output.Write(Face == Face.Anthropic ? MessageStreamTranslator.Ping : ": keep-alive\n\n"u8);

    public async ValueTask FlushAsync() => await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

    /// <summary>Ends an answer that had begun and cannot be completed: an error event, no end mark, and the connection closes.</summary>
    /// <exception cref="StreamInterruptedException">Always, unless the client has left.</exception>
    public async ValueTask InterruptAsync(ClientError error)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (ContentType == Events)
        {
            WriteError(error);
        }

        await BreakOffAsync();
    }

    /// <summary>Ends an answer whose error event has been written: the connection closes.</summary>
    /// <exception cref="StreamInterruptedException">Always.</exception>
    public async ValueTask BreakOffAsync()
    {
        await FlushAsync();
        throw new StreamInterruptedException();
    }

    /// <returns>False when the keep-alive interval is over first.</returns>
    public ValueTask<bool> EndsWithinKeepAliveAsync(Task reading) => Heartbeat.EndsWithinAsync(reading, keepAliveInterval, time);

    private void WriteError(ClientError error)
    {
        if (Face == Face.Anthropic)
        {
            MessageStreamTranslator.WriteError(error.Anthropic, Output);
        }
        else
        {
            ChatStreamTranslator.WriteError(error.OpenAI, Output);
        }
    }
}
