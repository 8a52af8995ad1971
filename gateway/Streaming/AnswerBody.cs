using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads an answer as a whole.</summary>
internal static class AnswerBody
{
    /// <summary>Memory for an answer of the announced length.</summary>
    public static PooledBuffer Rent(UpstreamAnswer answer)
    {
        // One byte more than announced, so that the read that finds the end needs no larger memory.
        var announced = Math.Min(answer.Response.Content.Headers.ContentLength ?? Limits.BodyChunkBytes, Limits.AnswerBytesMax);
        return new PooledBuffer((int)announced + 1, Limits.AnswerBytesMax);
    }

    /// <returns>Why it could not be read to its end; null when it was.</returns>
    public static async ValueTask<CallOutcome?> ReadAsync(UpstreamAnswer answer, PooledBuffer buffer)
    {
        while (!buffer.IsFull)
        {
            var count = await answer.ReadAsync(buffer.Free());
            if (count == 0)
            {
                return null;
            }

            if (count < 0)
            {
                return BrokenAnswer.Of(CallFault.Cut, answer.Failure);
            }

            buffer.Advance(count);
        }

        return BrokenAnswer.Of(CallFault.TooLarge);
    }
}
