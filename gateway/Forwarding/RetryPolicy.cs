using System.Diagnostics;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Whether and when another attempt makes sense. Pure.</summary>
internal static class RetryPolicy
{
    /// <summary>Whether another key, or a little later, may serve the call.</summary>
    public static bool AllowsAnotherAttempt(in AttemptResult attempt) => attempt.Outcome.Kind switch
    {
        CallOutcomeKind.Succeeded => false,
        CallOutcomeKind.NotSent => attempt.IsUnreachable,
        CallOutcomeKind.RequestRejected => false,
        CallOutcomeKind.KeyRejected => true,
        CallOutcomeKind.KeySuspended => true,
        CallOutcomeKind.KeyRateLimited => true,
        CallOutcomeKind.KeyDayExhausted => true,
        CallOutcomeKind.ModelNotAvailable => true,
        CallOutcomeKind.UpstreamUnavailable => true,
        CallOutcomeKind.UpstreamTimedOut => true,
        CallOutcomeKind.UpstreamBroken => true,
        CallOutcomeKind.EgressRefused => true,
        CallOutcomeKind.ClientLeft => false,
        _ => throw new UnreachableException($"Unknown outcome {attempt.Outcome.Kind}."),
    };

    /// <summary>Whether the upstream gives the key no quota for the model at all, as it does free keys for some models.</summary>
    public static bool MeansNoQuota(in AttemptResult attempt) =>
        attempt is { Status: StatusCodes.Status429TooManyRequests, Outcome.Kind: CallOutcomeKind.ModelNotAvailable };

    /// <summary>Whether the same key may serve the next attempt as well as any other.</summary>
    public static bool IsUpstreamFault(in AttemptResult attempt) =>
        attempt.Outcome.Kind is CallOutcomeKind.UpstreamUnavailable or CallOutcomeKind.UpstreamTimedOut or CallOutcomeKind.UpstreamBroken;

    /// <summary>
    /// Whether only another key can tell who is at fault: the upstream says 404 both of a model that is not there for a key and of a
    /// method that the model does not have, and 403 both of a key that was reported as leaked and of anything in a request that is another project's.
    /// </summary>
    public static bool IsInDoubt(in AttemptResult attempt) => attempt.Otherwise is not null || IsKeyInDoubt(attempt) || MeansMissing(attempt);

    /// <summary>Whether the key may be one that the upstream does not accept any more, which a call without a client's words in it can tell.</summary>
    public static bool IsKeyInDoubt(in AttemptResult attempt) => attempt.Outcome is { Kind: CallOutcomeKind.KeyRejected, IsConclusive: false };

    /// <summary>Whether the upstream knows no such model, or no such method of it, with this key.</summary>
    public static bool MeansMissing(in AttemptResult attempt) =>
        attempt is { Status: StatusCodes.Status404NotFound, Outcome.Kind: CallOutcomeKind.ModelNotAvailable };

    /// <summary>The wait before the next attempt: none after a key's own fault, a growing one after the upstream's.</summary>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="number">Its number, from one.</param>
    public static TimeSpan BackOff(in AttemptResult attempt, int number)
    {
        if (!attempt.IsUnreachable && attempt.Outcome.Kind is not (CallOutcomeKind.UpstreamUnavailable or CallOutcomeKind.UpstreamTimedOut))
        {
            return TimeSpan.Zero;
        }

        var wait = Limits.RetryBackOff * Math.Pow(2, Math.Min(number - 1, 10));
        return wait < Limits.RetryBackOffMax ? wait : Limits.RetryBackOffMax;
    }

    /// <summary>What to tell the client when the pool has no further key after failed attempts.</summary>
    public static CallFailure Combine(LeaseResult denied, in AttemptResult? last)
    {
        var denial = denied.Denial!.Value;
        if (last is not { } attempt)
        {
            return new CallFailure { Denial = denial, RetryAfter = denied.RetryAfter };
        }

        // A fault of single keys is not the client's business while others only wait for quota: that is the true state.
        var isKeyFault = attempt.Outcome.Kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended
            or CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted || MeansNoQuota(attempt);
        var isWaiting = denial is LeaseDenialReason.RateLimited or LeaseDenialReason.DayExhausted
            or LeaseDenialReason.QueueFull or LeaseDenialReason.EgressLimited;
        return isKeyFault && isWaiting
            ? new CallFailure { Denial = denial, RetryAfter = denied.RetryAfter }
            : new CallFailure { Attempt = attempt, RetryAfter = denied.RetryAfter ?? attempt.Outcome.RetryDelay };
    }
}
