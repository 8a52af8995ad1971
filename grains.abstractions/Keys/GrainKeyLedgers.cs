using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains;

/// <summary>The ledgers of all keys, each in a grain of its own.</summary>
public sealed class GrainKeyLedgers(IGrainFactory grains) : IKeyLedgers
{
    public async Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask) =>
        LedgerMessages.ToAnswer(await GrainOf(key).AskAsync(LedgerMessages.ToMessage(ask)));

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements)
    {
        if (LedgerMessages.ToMessage(settlements) is { } messages)
        {
            _ = SendAsync(key, new LedgerSettlementsMessage { Settlements = messages });
        }
    }

    private async Task SendAsync(KeyId key, LedgerSettlementsMessage message)
    {
        try
        {
            await GrainOf(key).SettleAsync(message);
        }
#pragma warning disable CA1031 // Whatever keeps a settlement from leaving costs its tokens a minute, and must not reach the call that has ended.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The tokens stay spent.
        }
    }

    private IApiKeyGrain GrainOf(KeyId key) => grains.GetGrain<IApiKeyGrain>(key.Value);
}
