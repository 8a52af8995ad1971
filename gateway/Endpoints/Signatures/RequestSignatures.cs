using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Remembers what one client was told, with what others know of one request's calls.</summary>
internal sealed class RequestSignatures(ClientSignatures own, FoundSignatures others) : IThoughtSignatures
{
    public string? Find(string toolCallId) => own.Find(toolCallId) ?? others.ById.GetValueOrDefault(toolCallId);

    public string? Find(CallFingerprint call)
    {
        var mine = own.Find(call);
        return !others.ByCall.TryGetValue(call.Text, out var theirs) || mine == theirs ? mine : mine is null ? theirs : null;
    }

    public void Keep(string toolCallId, CallFingerprint call, string signature) => own.Keep(toolCallId, call, signature);
}
