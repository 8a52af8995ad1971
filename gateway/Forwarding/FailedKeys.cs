using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>The keys that have failed one call, and those of them that may not be to blame. Takes memory from the first failure on.</summary>
/// <param name="excluded">Keys that are left out from the first attempt on.</param>
/// <param name="doubts">Takes in the keys that are to be verified.</param>
internal struct FailedKeys(IReadOnlyCollection<KeyId> excluded, KeyDoubts doubts)
{
    private List<KeyId>? tried = excluded.Count == 0 ? null : [.. excluded];
    private List<KeyId>? blameless;
    private int attempts;
    private int missing;
    private List<(KeyLease Lease, AttemptResult Attempt)>? doubted;

    /// <summary>Whether each attempt was told that there is no such model.</summary>
    public readonly bool AreAllMissing => attempts > 0 && missing == attempts;

    /// <summary>The keys that the next attempt is to leave out.</summary>
    public readonly IReadOnlyCollection<KeyId> Excluded => tried is null ? [] : tried;

    public void Add(KeyLease lease, in AttemptResult result)
    {
        attempts++;
        missing += RetryPolicy.MeansMissing(result) ? 1 : 0;
        if (result.Outcome.Kind != CallOutcomeKind.NotSent)
        {
            (tried ??= []).Add(lease.Key.Id);
        }

        if (RetryPolicy.IsUpstreamFault(result))
        {
            (blameless ??= []).Add(lease.Key.Id);
        }

        if (RetryPolicy.IsInDoubt(result))
        {
            (doubted ??= []).Add((lease, result));
        }
    }

    /// <summary>Lets the keys in again that only met the upstream's own fault: other keys come first, but there are none.</summary>
    /// <returns>False when there is no such key.</returns>
    public bool TryForgive()
    {
        if (blameless is not { Count: > 0 } forgiven)
        {
            return false;
        }

        tried!.RemoveAll(forgiven.Contains);
        blameless = null;
        return true;
    }

    /// <summary>Settles what was in doubt. A key is at fault only when another key has just served the same call, or when it is refused alone.</summary>
    public readonly void Settle(IKeyPool pool, bool isServed)
    {
        if (doubted is null)
        {
            return;
        }

        foreach (var (lease, attempt) in doubted)
        {
            pool.Settle(lease, isServed ? attempt.Outcome : attempt.Outcome with { Kind = attempt.Otherwise ?? CallOutcomeKind.RequestRejected });
        }

        // After their settlement, so that what the verification finds stands.
        doubts.Add([.. doubted.Where(entry => RetryPolicy.IsKeyInDoubt(entry.Attempt)).Select(entry => entry.Lease.Key.Id)]);
    }
}
