using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Remembers what one client was told.</summary>
internal sealed class ClientSignatures(ThoughtSignatures all, string clientId) : IThoughtSignatures
{
    public string? Find(string toolCallId) => all.Find(toolCallId);

    public string? Find(CallFingerprint call) => all.Find(clientId, call);

    /// <summary>The same for one request, whose calls other gateways may have been told of. Asks them only for calls whose ids are not known here.</summary>
    public async ValueTask<IThoughtSignatures> ForAsync(ChatCompletionRequest request, CancellationToken cancellationToken)
    {
        var calls = UnsignedCall.In(request);
        if (calls.Count == 0)
        {
            return this;
        }

        // Equal calls that came with different signatures here are not asked for: whatever others know of them makes them no more alike.
        var wanted = calls.Where(call => Find(call.Id) is null)
            .TakeLast(SharedLimits.SignaturesAskedMax)
            .Select(call => new WantedSignature(call.Id, call.Fingerprint is { } made && !all.IsAmbiguous(clientId, made) ? made.Text : null))
            .Where(call => call.Id.Length > 0 || call.Fingerprint is not null)
            .ToList();
        var found = wanted.Count == 0 ? FoundSignatures.None : await all.Shared.FindAsync(clientId, wanted, cancellationToken);
        return found.IsEmpty ? this : new RequestSignatures(this, found);
    }

    public void Keep(string toolCallId, CallFingerprint call, string signature) => all.Keep(new(toolCallId, clientId, call.Text, signature));
}
