using GeminiBalance.Gateway.Forwarding;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>A small answer of the upstream that serves many clients for a while, or the failure to get one.</summary>
/// <param name="Body">The answer's bytes.</param>
/// <param name="ContentType">The answer's type.</param>
/// <param name="Result">How the call went; its failure is not kept.</param>
internal sealed record UpstreamPage(byte[] Body, string? ContentType, CallResult Result);
