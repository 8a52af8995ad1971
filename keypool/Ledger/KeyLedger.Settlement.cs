namespace GeminiBalance.KeyPool;

/// <content>What a call's end teaches about its key.</content>
public sealed partial class KeyLedger
{
    private const double WeightShareMin = 0.05;
    private const double WeightGain = 1.1;
    private const double WeightLoss = 0.8;
    private const int StrikesMax = 30;

    /// <summary>By then it is known that a call was not sent, in ticks: settlements wait for half of it at the most.</summary>
    private const long GivenBackWithin = 60 * TimeSpan.TicksPerSecond;
    private double weightFactor = 1;
    private string? reason;
    private long since;
    private int failures;
    private long succeeded;
    private long failed;

    /// <summary>Takes in how a granted call ended.</summary>
    /// <param name="model">The model it was granted for.</param>
    /// <param name="grantedAt">The moment of the grant; null when an earlier holder of the ledger granted it: then what it spent stays as it stands,
    /// and is spent once more from <see cref="CallOutcome.SentAt"/> when that is named.</param>
    /// <param name="chargedTokens">The input tokens charged.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="now">The time.</param>
    public void Settle(string model, DateTimeOffset? grantedAt, long chargedTokens, in CallOutcome outcome, DateTimeOffset now)
    {
        var at = Advance(now);
        var granted = grantedAt?.UtcTicks ?? at;
        var ledger = Find(model) ?? AddModel(model, at);
        if (ledger is not null)
        {
            if (grantedAt is not null)
            {
                CorrectSpending(ledger, granted, chargedTokens, outcome, at);
            }
            else if (outcome is { Kind: not CallOutcomeKind.NotSent, SentAt: { } sent })
            {
                ledger.Window.Expire(at, Span);
                ledger.Window.AddLate(Math.Min(sent.UtcTicks, at) - options.SendWithin.Ticks, outcome.PromptTokens ?? chargedTokens);
            }

            Learn(ledger, outcome, at);
            MarkModel(ledger, granted, outcome, at);
        }

        switch (outcome.Kind)
        {
            case CallOutcomeKind.Succeeded:
                Succeed(granted);
                break;
            case CallOutcomeKind.KeyRejected:
                Fail(outcome.IsConclusive || failures + 1 >= options.MaxFailures ? KeyState.Rejected : State, outcome.Detail, at);
                break;
            case CallOutcomeKind.KeySuspended:
                Fail(KeyState.Suspended, outcome.Detail, at);
                break;
            case CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted:
                weightFactor = Math.Max(WeightShareMin, weightFactor * WeightLoss);
                break;
            case CallOutcomeKind.NotSent or CallOutcomeKind.RequestRejected or CallOutcomeKind.ModelNotAvailable or CallOutcomeKind.UpstreamUnavailable
                or CallOutcomeKind.UpstreamTimedOut or CallOutcomeKind.UpstreamBroken or CallOutcomeKind.EgressRefused or CallOutcomeKind.ClientLeft:
                break; // Not the key's fault.
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "An outcome without a meaning.");
        }
    }

    /// <summary>A call that a former holder of the ledger granted a moment ago was not sent: it counts for the day no more. Its minute stays as it stands.</summary>
    public void GiveBackOfDay(string model, DateTimeOffset now)
    {
        // Near midnight it is not known which day it counted for.
        var at = Advance(now);
        if (FirstDay(at - GivenBackWithin) == LastDay(at) && Find(model) is { } ledger)
        {
            ledger.Days.GiveBack(FirstDay(at), LastDay(at));
        }
    }

    /// <summary>Switches the key off by hand.</summary>
    public void Disable(string why, DateTimeOffset now) => Enter(KeyState.Disabled, why, Advance(now));

    /// <summary>Brings the key back from any state and forgets what outcomes taught. Spent quota stays spent.</summary>
    public void Enable()
    {
        (State, reason, since, failures, weightFactor) = (KeyState.Active, null, 0, 0, 1);
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            (ledger.CoolUntil, ledger.Strikes, ledger.UnavailableUntil, ledger.ExhaustedDay, ledger.Learned) = (0, 0, 0, 0, null);
        }
    }

    private void Succeed(long granted)
    {
        succeeded++;
        failures = 0;
        weightFactor = Math.Min(1, weightFactor * WeightGain);

        // A call that was under way when the key was rejected proves nothing about the key as it is now.
        if (State == KeyState.Rejected && granted >= since)
        {
            (State, reason, since) = (KeyState.Active, null, 0);
        }
    }

    private void Fail(KeyState next, string? detail, long now)
    {
        failed++;
        failures++;
        weightFactor = Math.Max(WeightShareMin, weightFactor * WeightLoss);
        if (next > State)
        {
            Enter(next, detail, now);
        }
    }

    private void Enter(KeyState next, string? why, long now) => (State, reason, since) = (next, why, now);

    private void CorrectSpending(ModelLedger ledger, long granted, long charged, in CallOutcome outcome, long now)
    {
        var isGivenBack = outcome.Kind == CallOutcomeKind.NotSent;
        if (isGivenBack)
        {
            ledger.Days.GiveBack(FirstDay(granted), LastDay(granted));
        }

        ledger.Window.Expire(now, Span);
        var tokens = isGivenBack ? 0 : outcome.PromptTokens ?? charged;
        var isFound = ledger.Window.TryFind(granted, out var index);
        if (!isGivenBack && LateArrival(granted, outcome.SentAt, now) is { } late)
        {
            if (isFound)
            {
                ledger.Window.Correct(index, -1, -charged);
            }

            ledger.Window.AddLate(late, tokens);
            if (LastDay(late) > LastDay(granted))
            {
                ledger.Days.Spend(LastDay(late), LastDay(late));
            }
        }
        else if (isFound)
        {
            ledger.Window.Correct(index, isGivenBack ? -1 : 0, tokens - charged);
        }
    }

    /// <summary>A large body may leave long after its grant, and the upstream counts it when it has come: then it counts as granted that much later.</summary>
    private long? LateArrival(long granted, DateTimeOffset? sentAt, long now) =>
        sentAt is { } sent && Math.Min(sent.UtcTicks, now) - options.SendWithin.Ticks is var late && late > granted ? late : null;

    private void Learn(ModelLedger ledger, in CallOutcome outcome, long now)
    {
        if (outcome.LearnedLimits is not { Count: > 0 } learned)
        {
            return;
        }

        foreach (var limit in learned)
        {
            if (limit.Value <= 0)
            {
                ledger.UnavailableUntil = Math.Max(ledger.UnavailableUntil, now + options.ModelUnavailableFor.Ticks);
            }
            else
            {
                ledger.Learned = (ledger.LearnedAt(now) ?? new LearnedLimits(default, 0)).With(limit, now + options.LearnedLimitFor.Ticks);
            }
        }
    }

    private void MarkModel(ModelLedger ledger, long granted, in CallOutcome outcome, long now)
    {
        switch (outcome.Kind)
        {
            case CallOutcomeKind.Succeeded:
                ledger.Strikes = 0;
                break;
            case CallOutcomeKind.KeyRateLimited:
                CoolDown(ledger, granted, outcome.RetryDelay, now);
                break;
            case CallOutcomeKind.KeyDayExhausted:
                ledger.ExhaustedDay = Math.Max(ledger.ExhaustedDay, PacificDay.Of(granted));
                break;
            case CallOutcomeKind.ModelNotAvailable:
                ledger.UnavailableUntil = Math.Max(ledger.UnavailableUntil, now + options.ModelUnavailableFor.Ticks);
                break;
        }
    }

    private void CoolDown(ModelLedger ledger, long granted, TimeSpan? retryDelay, long now)
    {
        // Calls already under way when the cool-down began fail for the same reason: they do not lengthen the next one.
        if (granted >= ledger.CoolUntil)
        {
            ledger.Strikes = Math.Min(StrikesMax, ledger.Strikes + 1);
        }

        var doubled = Math.Min(options.CoolDownMax.Ticks, options.CoolDownMin.Ticks * Math.Pow(2, Math.Max(0, ledger.Strikes - 1)));
        var pause = retryDelay is { Ticks: > 0 } named ? Math.Min(named.Ticks, options.RetryDelayMax.Ticks) : (long)doubled;
        ledger.CoolUntil = Math.Max(ledger.CoolUntil, now + pause);
    }
}
