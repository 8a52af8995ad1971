using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>What a response answers.</summary>
/// <param name="Items">Everything said so far, and behind it the request's own items with references resolved.</param>
/// <param name="Ancestors">The responses it goes on with, the oldest first.</param>
/// <param name="Used">All kept responses that were needed.</param>
internal sealed record Conversation(IReadOnlyList<InputItem> Items, IReadOnlyList<string> Ancestors, IReadOnlyCollection<string> Used);
