namespace GeminiBalance.Gateway.Streaming;

/// <summary>Finds where one event of a stream ends and the next begins. Keeps its place between calls; one per stream.</summary>
internal interface IStreamFraming
{
    /// <summary>The length of the first event, its end mark included.</summary>
    /// <param name="bytes">The stream from the end of the event found last; each call shows at least the bytes of the one before.</param>
    /// <returns>-1 when the event has not ended yet.</returns>
    int FindEnd(ReadOnlySpan<byte> bytes);

    /// <summary>The JSON of an event; empty when it holds none (a comment, a mark).</summary>
    ReadOnlySpan<byte> Json(ReadOnlySpan<byte> @event);
}
