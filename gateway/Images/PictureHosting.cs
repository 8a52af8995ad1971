using System.Buffers;
using System.Buffers.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>Gives pictures to the configured host. A host that fails costs the client an address, never the picture.</summary>
internal sealed partial class PictureHosting(IEnumerable<IPictureHost> hosts, AnswerIds names, TimeProvider time, ILogger<PictureHosting> logger) : IDisposable
{
    private readonly Dictionary<ImageHostKind, IPictureHost> byKind = hosts.ToDictionary(host => host.Kind);
    private readonly SemaphoreSlim gate = new(ImageLimits.HostingAtOnce);

    public bool IsConfigured(GatewaySettings settings) => Find(settings) is not null;

    /// <returns>The picture's address; null when there is no host, or it did not take the picture.</returns>
    public async ValueTask<Uri?> KeepAsync(string mimeType, Utf8Text base64, GatewaySettings settings, Uri gatewayAddress, CancellationToken client)
    {
        if (Find(settings) is not { } host)
        {
            return null;
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Span.Length)];
        if (Base64.DecodeFromUtf8(base64.Span, bytes, out _, out var length) != OperationStatus.Done)
        {
            return null;
        }

        Array.Resize(ref bytes, length);
        using var limit = new CancellationTokenSource(ImageLimits.HostingTimeOut, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, client);
        try
        {
            await gate.WaitAsync(both.Token);
            try
            {
                return await host.KeepAsync(new Picture(names.Next() + PictureTypes.ExtensionOf(mimeType), mimeType, bytes, gatewayAddress), settings, both.Token);
            }
            finally
            {
                gate.Release();
            }
        }
        catch (OperationCanceledException)
        {
            if (!client.IsCancellationRequested)
            {
                Log.NotKept(logger, host.Kind, length, $"it took longer than {ImageLimits.HostingTimeOut.TotalSeconds:0} s");
            }
        }
        catch (HttpRequestException exception)
        {
            Log.NotKept(logger, host.Kind, length, $"it cannot be reached ({exception.HttpRequestError})");
        }
        catch (Exception exception) when (exception is PictureHostException or IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, host.Kind, length, exception.Message);
        }

        return null;
    }

    public void Dispose() => gate.Dispose();

    private IPictureHost? Find(GatewaySettings settings) =>
        byKind.TryGetValue(settings.Images.Host, out var host) && host.IsConfigured(settings.Images) ? host : null;
}
