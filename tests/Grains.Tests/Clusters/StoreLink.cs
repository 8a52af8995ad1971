using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>One silo's way to the store; it can be cut without the others noticing.</summary>
internal sealed class StoreLink(InMemoryClaimStore store) : IClaimStore
{
    private volatile bool isCut;

    public void Cut() => isCut = true;

    public void Mend() => isCut = false;

    public ValueTask<IReadOnlyList<ClaimedLedger>> ClaimAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken) =>
        Through(() => store.ClaimAsync(holder, keys, cancellationToken));

    public ValueTask<IReadOnlyList<ClaimedLedger>> ClaimFreeAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken) =>
        Through(() => store.ClaimFreeAsync(holder, keys, cancellationToken));

    public ValueTask<IReadOnlyList<KeyId>> SaveAsync(string holder, IReadOnlyList<HeldLedger> changed, CancellationToken cancellationToken) =>
        Through(() => store.SaveAsync(holder, changed, cancellationToken));

    public ValueTask<IReadOnlyList<KeyId>> CloseAsync(string holder, IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken) =>
        Through(() => store.CloseAsync(holder, ledgers, cancellationToken));

    public ValueTask<IReadOnlyList<LostClaim>> ListLostAsync(string holder, CancellationToken cancellationToken) =>
        Through(() => store.ListLostAsync(holder, cancellationToken));

    private async ValueTask<T> Through<T>(Func<ValueTask<T>> call) => isCut ? throw new IOException("cut") : await call();
}
