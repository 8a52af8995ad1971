namespace GeminiBalance.Gateway.Upstream;

/// <summary>A body that is passed on while it comes from the client. Every piece counts as a sign of life.</summary>
internal sealed class StreamedContent(StreamedBody body, DateTimeOffset sendBefore, AttemptTimer timer, TimeProvider time) : LeasedContent(default, sendBefore, timer, time)
{
    private readonly AttemptTimer timer = timer;

    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) => body.CopyAsync(stream, timer.Restart, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length ?? 0;
        return body.Length is not null;
    }
}
