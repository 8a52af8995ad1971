using GeminiBalance.KeyPool;

namespace GeminiBalance.Load.Simulating;

/// <summary>Ledgers without limits that answer in place: what is left is the cost of the pool itself.</summary>
internal sealed class InstantLedgers : IKeyLedgers
{
    private static readonly Task<LedgerAnswer> Granted =
        Task.FromResult(new LedgerAnswer(1, [new LedgerGrant(1, 0)], KeyDenialReason.None, TimeSpan.Zero, TimeSpan.Zero, 1, IsLittleUsed: true));

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask) => Granted;

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements)
    {
        // Nothing is counted here.
    }
}
