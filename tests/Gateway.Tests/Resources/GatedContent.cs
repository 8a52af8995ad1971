using System.Net;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>A body whose second half is sent only once the other end has the first: what is collected on the way never arrives.</summary>
internal sealed class GatedContent(Task gate) : HttpContent
{
    public const int HalfBytes = 4096;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[HalfBytes]);
        await stream.FlushAsync();
        await gate.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await stream.WriteAsync(new byte[HalfBytes]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 2 * HalfBytes;
        return true;
    }
}
