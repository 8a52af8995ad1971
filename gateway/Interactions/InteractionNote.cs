using GeminiBalance.Gateway.Streaming;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Writes down to which key a new interaction belongs, before the client hears its id. One per call.</summary>
/// <param name="ledger">Where.</param>
/// <param name="clientId">Whose it is.</param>
/// <param name="isStored">Whether the upstream keeps it.</param>
internal sealed class InteractionNote(InteractionLedger ledger, string clientId, bool isStored)
{
    private string? told;
    private string? saved;

    /// <summary>Reads the facts of an answer or event, and remembers the id.</summary>
    public AnswerFacts Scan(ReadOnlySpan<byte> json)
    {
        var (facts, id) = InteractionScan.Read(json);
        told = id ?? told;
        return facts;
    }

    /// <param name="key">The key that made what was scanned last.</param>
    public async ValueTask SaveAsync(KeyId key)
    {
        if (isStored && told is { } id && id != saved)
        {
            await ledger.SaveAsync(id, key, clientId);
            saved = id;
        }
    }
}
