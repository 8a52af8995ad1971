namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A call that waits for its result.</summary>
/// <param name="ClientId">In the client's spelling; empty when it sent none.</param>
/// <param name="Id">As sent upstream, in call and result alike.</param>
/// <param name="Name">As sent upstream.</param>
internal sealed record PendingCall(string ClientId, string ClientName, string Id, string Name);
