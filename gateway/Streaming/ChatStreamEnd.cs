using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>How a translated stream ended.</summary>
/// <param name="Result">How the call ended.</param>
/// <param name="Error">What the upstream itself said of a failure after the answer had begun; null when it said nothing.</param>
/// <param name="Usage">What the stream used, as far as the upstream has told.</param>
internal readonly record struct ChatStreamEnd(CallResult Result, ClientError? Error, UsageMetadata? Usage);
