using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Resources;

/// <summary>How an upload went.</summary>
/// <param name="Call">The call's end.</param>
/// <param name="Note">What is known of the file.</param>
/// <param name="Delete">A call that takes it back.</param>
internal sealed record OpenAIUploadResult(CallResult Call, OpenAINote Note, Func<ResourceName, UpstreamCall> Delete);
