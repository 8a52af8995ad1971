using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Remembers what one client was told.</summary>
internal sealed class ClientSignatures(ThoughtSignatures all, string clientId) : IThoughtSignatures
{
    public string? Find(string toolCallId) => all.Find(toolCallId);

    public string? Find(CallFingerprint call) => all.Find(clientId, call);

    public void Keep(string toolCallId, CallFingerprint call, string signature) => all.Keep(new(toolCallId, clientId, call.Text, signature));
}
