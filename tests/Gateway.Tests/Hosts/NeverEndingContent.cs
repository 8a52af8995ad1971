using System.Net;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A body that announces bytes and never sends them.</summary>
internal sealed class NeverEndingContent : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => new TaskCompletionSource().Task;

    protected override bool TryComputeLength(out long length)
    {
        length = 1_000_000;
        return true;
    }
}
