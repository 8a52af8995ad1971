using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>
/// What the next attempt of a call needs of a key. Calls that draw go to paid keys where the pool has one, others do when the upstream gives the
/// common keys no quota for the model.
/// </summary>
/// <param name="call">The call, after it was pinned.</param>
internal struct KeyNeeds(UpstreamCall call)
{
    private readonly bool isOpen = call.Needs.IsNone && call.Pinned is null;
    private bool wasPaidAsked = call.Draws;
    private bool hasQuota;

    public KeyRequirement Current { get; private set; } = call is { Draws: true, Pinned: null, Needs.IsNone: true } ? KeyRequirement.Paid : call.Needs;

    /// <summary>Takes in a failed attempt. The last one that is left goes to a paid key when all before met no quota at all.</summary>
    /// <param name="result">How it failed.</param>
    /// <param name="left">How many attempts may follow.</param>
    public void Met(in AttemptResult result, int left)
    {
        hasQuota |= !RetryPolicy.MeansNoQuota(result);
        if (left == 1 && !hasQuota)
        {
            TryPaid();
        }
    }

    /// <summary>Whether other keys are to be asked for, since the pool has none of these.</summary>
    public bool TryOthers(LeaseDenialReason? denial)
    {
        if (!isOpen || denial is null)
        {
            return false;
        }

        if (!Current.IsNone)
        {
            // Where paid keys were only the way out, one that is out of use is no answer: the common keys' own is.
            var isOver = denial == LeaseDenialReason.NoMatchingKey
                || (!call.Draws && denial is LeaseDenialReason.NoKeys or LeaseDenialReason.ModelNotAvailable or LeaseDenialReason.AllTried);
            Current = isOver ? KeyRequirement.None : Current;
            return isOver;
        }

        return denial == LeaseDenialReason.ModelNotAvailable && TryPaid();
    }

    private bool TryPaid()
    {
        if (!isOpen || wasPaidAsked)
        {
            return false;
        }

        (wasPaidAsked, Current) = (true, KeyRequirement.Paid);
        return true;
    }
}
