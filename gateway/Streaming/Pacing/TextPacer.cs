using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Deals out the text of one stream. Only text waits, and only for text: the first piece and everything else go at once.</summary>
internal sealed class TextPacer(StreamSettings settings, TimeProvider time)
{
    private long last;
    private TimeSpan pause;

    /// <returns>Null when text passes as it comes.</returns>
    public static TextPacer? For(StreamSettings settings, TimeProvider time) => settings.IsPaced ? new(settings, time) : null;

    /// <summary>The pieces of an event, each to be passed on after <see cref="WaitAsync"/>.</summary>
    public IReadOnlyList<EventPiece> Cut(ReadOnlyMemory<byte> json) => EventCutter.Cut(json, settings);

    /// <summary>Waits until a piece may go.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async ValueTask WaitAsync(EventPiece piece, CancellationToken client)
    {
        client.ThrowIfCancellationRequested();
        if (piece.IsPaced && pause - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, client);
        }

        if (piece.Pause > TimeSpan.Zero)
        {
            (last, pause) = (time.GetTimestamp(), piece.Pause);
        }
    }
}
