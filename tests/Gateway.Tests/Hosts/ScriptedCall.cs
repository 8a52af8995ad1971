using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>What the upstream was sent.</summary>
internal sealed class ScriptedCall(int number, HttpRequest request, byte[] body)
{
    /// <summary>Which call it was, from one.</summary>
    public int Number { get; } = number;

    public string Method { get; } = request.Method;

    /// <summary>Path and query as they stood on the wire.</summary>
    public string Target { get; } = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;

    public IReadOnlyDictionary<string, string> Headers { get; } =
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public byte[] Body { get; } = body;
}
