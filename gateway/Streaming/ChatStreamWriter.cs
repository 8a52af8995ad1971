using System.Buffers;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The client's side of a chat stream: headers once, every event flushed, comments while it is silent.</summary>
internal sealed class ChatStreamWriter(HttpContext context, TimeSpan keepAliveInterval, TimeProvider time)
{
    public TimeSpan KeepAliveInterval => keepAliveInterval;

    /// <summary>Where chunks are written once the answer has started.</summary>
    public IBufferWriter<byte> Output => context.Response.BodyWriter;

    /// <summary>Commits: status and headers. Later streams of the same answer change nothing.</summary>
    public void Start(UpstreamAnswer answer)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        AnswerHeaders.SetStream(context.Response);
        AnswerHeaders.SetCall(context.Response, answer.Attempt, answer.KeyId);
    }

    public async ValueTask FlushAsync() => await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

    /// <returns>False when the keep-alive interval is over first.</returns>
    public async ValueTask<bool> EndsWithinKeepAliveAsync(Task reading)
    {
        await reading.WaitAsync(keepAliveInterval, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return reading.IsCompleted;
    }
}
