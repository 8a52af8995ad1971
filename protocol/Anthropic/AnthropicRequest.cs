using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>A body of <c>messages</c> or <c>messages/count_tokens</c>, in the terms that all translated requests share.</summary>
/// <param name="Chat">The request. Schemas are slices of the body: use it only as long as its bytes are there.</param>
/// <param name="WithThinking">Whether the client asked for thinking, and so expects <c>thinking</c> blocks and sends them back.</param>
public sealed record AnthropicRequest(ChatCompletionRequest Chat, bool WithThinking);
