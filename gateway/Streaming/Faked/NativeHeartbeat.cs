using System.Buffers;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The client's side of a native stream that is made of a whole answer.</summary>
/// <param name="context">The client's request.</param>
/// <param name="isArray">Whether the stream is a JSON array; else it is server-sent events.</param>
internal sealed class NativeHeartbeat(HttpContext context, bool isArray)
{
    // As Google itself writes an event without text: SDKs of Gemini take no comments.
    private static ReadOnlySpan<byte> Empty => "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"index\":0}]}\r\n\r\n"u8;

    /// <summary>Whether the client has been given a status.</summary>
    public bool HasStarted { get; private set; }

    public async ValueTask BeatAsync()
    {
        Start();
        context.Response.BodyWriter.Write(isArray ? "\n"u8 : Empty);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Writes the whole answer as the stream's only event.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> answer, TextPacer? pacer)
    {
        Start();
        if (pacer is null)
        {
            context.Response.BodyWriter.Write(Frame(answer.Span));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            return;
        }

        await new ShapedRelay(context.Response, isArray, pacer, join: null).WriteAsync(Frame(answer.Span), isLast: true, context.RequestAborted);
    }

    /// <summary>Ends a stream of nothing but heartbeats with an error.</summary>
    /// <exception cref="StreamInterruptedException">Always.</exception>
    public async ValueTask InterruptAsync(ClientError error)
    {
        InterruptedStream.WriteError(context.Response.BodyWriter, Face.Google, isArray, error, isFirst: true);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        throw new StreamInterruptedException();
    }

    private void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = isArray ? "application/json; charset=UTF-8" : "text/event-stream";
        AnswerHeaders.SetStream(context.Response);
        if (isArray)
        {
            context.Response.BodyWriter.Write("["u8);
        }
    }

    private byte[] Frame(ReadOnlySpan<byte> answer)
    {
        if (isArray)
        {
            return [.. answer, .. "]"u8];
        }

        // Line ends stand between the tokens of JSON and never in one; in an event they would end it.
        using var line = new PooledBuffer(answer.Length + 16, answer.Length + 16);
        line.Write("data: "u8);
        foreach (var range in answer.SplitAny((byte)'\r', (byte)'\n'))
        {
            line.Write(answer[range]);
        }

        line.Write("\r\n\r\n"u8);
        return line.Written.ToArray();
    }
}
