namespace GeminiBalance.Gateway.Resources;

/// <summary>Streams one after the other.</summary>
internal sealed class ChainedStream(IReadOnlyList<Stream> parts) : ReadOnceStream
{
    private int current;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; current < parts.Count; current++)
        {
            if (await parts[current].ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                return count;
            }
        }

        return 0;
    }
}
