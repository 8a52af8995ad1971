namespace GeminiBalance.Gateway.Egress;

/// <summary>A proxy gave no connection. The message names the proxy without its credentials.</summary>
internal sealed class EgressException(string message, bool isAboutTarget = false, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether the proxy works, but says that it cannot reach the host.</summary>
    public bool IsAboutTarget { get; } = isAboutTarget;
}
