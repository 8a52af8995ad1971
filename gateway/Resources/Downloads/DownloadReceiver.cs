using System.Buffers;
using System.Text.Json;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Passes content on piece by piece, or line by line in another dialect. The first piece commits; an answer that breaks off before it is tried again.</summary>
internal sealed class DownloadReceiver(HttpContext context, BatchAnswerLines? answers) : IAnswerReceiver
{
    private static readonly string[] Headers = ["Accept-Ranges", "Content-Range", "ETag", "Last-Modified", "Content-Encoding", "Content-Disposition", "Cache-Control"];

    public bool HasCommitted { get; private set; }

    /// <summary>Where the upstream points instead of answering.</summary>
    public string? Location { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        var status = (int)answer.Response.StatusCode;
        if (status is >= 300 and < 400 and not StatusCodes.Status304NotModified)
        {
            Location = answer.Response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : "";
            return new(CallOutcomeKind.Succeeded);
        }

        var buffer = new byte[Limits.TransferChunkBytes];
        while (true)
        {
            var count = await answer.ReadAsync(buffer);
            if (count < 0)
            {
                return BrokenAnswer.Of(CallFault.Cut, answer.Failure);
            }

            if (!HasCommitted)
            {
                Commit(answer);
            }

            try
            {
                Write(buffer.AsSpan(0, count));
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                if (count == 0)
                {
                    return new(CallOutcomeKind.Succeeded);
                }
            }
            catch (Exception exception) when (exception is JsonException or MalformedAnswerException)
            {
                return BrokenAnswer.Of(CallFault.Malformed);
            }
            catch (OperationCanceledException)
            {
                return new(CallOutcomeKind.ClientLeft);
            }
        }
    }

    // No bytes are the end.
    private void Write(ReadOnlySpan<byte> piece)
    {
        if (answers is null)
        {
            context.Response.BodyWriter.Write(piece);
        }
        else if (piece.IsEmpty)
        {
            answers.End(context.Response.BodyWriter);
        }
        else
        {
            answers.Take(piece, context.Response.BodyWriter);
        }
    }

    private void Commit(UpstreamAnswer answer)
    {
        HasCommitted = true;
        AnswerHeaders.SetCall(context.Response, answer.Attempt, answer.KeyId);
        if (answers is not null)
        {
            context.Response.ContentType = "application/jsonl";
            return;
        }

        AnswerHeaders.SetNative(context.Response, answer.Response);
        context.Response.ContentLength = answer.Response.Content.Headers.ContentLength;
        foreach (var name in Headers)
        {
            if (answer.Response.Content.Headers.NonValidated.TryGetValues(name, out var values) || answer.Response.Headers.NonValidated.TryGetValues(name, out values))
            {
                context.Response.Headers[name] = values.ToString();
            }
        }
    }
}
