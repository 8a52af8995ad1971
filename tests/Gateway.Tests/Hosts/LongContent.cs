using System.Net;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A body of zeros of any length.</summary>
internal sealed class LongContent(long bytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var zeros = new byte[64 * 1024];
        for (var left = bytes; left > 0; left -= zeros.Length)
        {
            await stream.WriteAsync(zeros.AsMemory(0, (int)Math.Min(left, zeros.Length)));
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }
}
