using System.Net;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>A body that checks its lease at the last moment: when a connection is open and the first byte is about to leave.</summary>
/// <remarks>
/// Checking before the handler is asked would not do: opening a connection can take longer than a lease lasts. When this throws,
/// the handler drops the connection with the headers still in its buffer, so nothing has been sent.
/// </remarks>
internal class LeasedContent(ReadOnlyMemory<byte> body, DateTimeOffset sendBefore, AttemptTimer timer, TimeProvider time) : HttpContent
{
    /// <summary>Whether any of the call may have left. False is certain.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>When the last byte was handed to the network.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() > sendBefore)
        {
            throw new LeaseExpiredException();
        }

        HasStarted = true;
        timer.Restart();
        await WriteAsync(stream, cancellationToken);
        SentAt = time.GetUtcNow();
    }

    protected virtual Task WriteAsync(Stream stream, CancellationToken cancellationToken) => stream.WriteAsync(body, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
