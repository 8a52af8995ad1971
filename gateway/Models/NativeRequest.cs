using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Gateway.Models;

/// <summary>A call in Gemini's own terms as it goes upstream: the client's bytes, unless the model's name or a setting changes them.</summary>
internal sealed class NativeRequest : IDisposable
{
    private readonly PooledBuffer? edited;

    private NativeRequest(GeminiPath path, ReadOnlyMemory<byte> body, PooledBuffer? edited)
    {
        Path = path;
        Body = edited?.Written ?? body;
        this.edited = edited;
    }

    /// <summary>With the model's own name.</summary>
    public GeminiPath Path { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <param name="path">The client's path, with a method.</param>
    /// <param name="body">The client's body. Its memory stays valid as long as the request.</param>
    /// <param name="names">What names mean.</param>
    /// <param name="settings">The settings of the request.</param>
    public static NativeRequest Of(GeminiPath path, ReadOnlyMemory<byte> body, ModelNames names, GatewaySettings settings)
    {
        if (path.Collection != "models")
        {
            return new(path, body, null);
        }

        var model = names.Split(path.Model, settings);
        var generates = path.Method is "generateContent" or "streamGenerateContent";
        var defaults = ChatDefaults.Native(model, settings);
        if (generates ? defaults.IsEmpty : model.IsPlain)
        {
            return new(path, body, null);
        }

        var buffer = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        if (!(generates ? NativeRequestEditor.TryEdit(body, defaults, buffer) : NativeRequestEditor.TryRename(body, model, buffer)))
        {
            buffer.Dispose();
            buffer = null;
        }

        return new(path with { Model = model.Model }, body, buffer);
    }

    public void Dispose() => edited?.Dispose();
}
