using System.Runtime.CompilerServices;

namespace GeminiBalance.Protocol.Streaming;

/// <summary>Pulls a stream of bytes through <see cref="GeminiStreamParser"/>.</summary>
public static class GeminiEventStream
{
    /// <param name="stream">The upstream's body; not disposed.</param>
    /// <param name="eventBytesMax">The largest event, in bytes.</param>
    /// <returns>Events as soon as they are complete. The data of one is valid until the next is asked for.</returns>
    /// <exception cref="StreamTooLargeException">An event is larger than <paramref name="eventBytesMax"/>.</exception>
    public static async IAsyncEnumerable<GeminiStreamEvent> ReadAsync(
        Stream stream, int eventBytesMax, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var parser = new GeminiStreamParser(eventBytesMax);
        for (var open = true; open;)
        {
            var bytes = await stream.ReadAsync(parser.GetMemory(), cancellationToken);
            parser.Advance(bytes);
            if (bytes == 0)
            {
                parser.Complete();
                open = false;
            }

            while (parser.TryRead(out var item))
            {
                yield return item;
            }
        }
    }
}
