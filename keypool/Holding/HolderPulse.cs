namespace GeminiBalance.KeyPool;

/// <summary>
/// Whether a process may grant from the ledgers it has claimed: while the store has lately said which of them are lost, or while the store
/// is surely out of reach, so that nobody can have taken one. A process that stood still may have missed both, and must hear the store first. Pure.
/// </summary>
public sealed class HolderPulse
{
    private readonly Lock gate = new();
    private readonly HolderPulseOptions options;
    private DateTimeOffset lastBeat;
    private DateTimeOffset confirmedAt = DateTimeOffset.MinValue;
    private DateTimeOffset stoodStillAt = DateTimeOffset.MinValue;
    private DateTimeOffset? failingSince;
    private DateTimeOffset answeredSince = DateTimeOffset.MaxValue;
    private DateTimeOffset lastFailure = DateTimeOffset.MinValue;

    public HolderPulse(HolderPulseOptions options, DateTimeOffset now)
    {
        this.options = options;
        lastBeat = now;
    }

    /// <summary>Since when every question was answered; <see cref="DateTimeOffset.MaxValue"/> while the last one was not.</summary>
    public DateTimeOffset AnsweredSince
    {
        get
        {
            lock (gate)
            {
                return answeredSince;
            }
        }
    }

    public HolderPulseOptions Options => options;

    /// <summary>The process runs. To be told at least twice as often as <see cref="HolderPulseOptions.BeatWithin"/>.</summary>
    public void Beat(DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            lastBeat = Later(lastBeat, now);
        }
    }

    /// <summary>The store answered, and every claim it called lost has been given up.</summary>
    /// <param name="askedAt">When the question was sent: claims taken later are not in the answer.</param>
    /// <param name="now">The time.</param>
    public void Answered(DateTimeOffset askedAt, DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            confirmedAt = Later(confirmedAt, askedAt);
            answeredSince = answeredSince == DateTimeOffset.MaxValue ? askedAt : answeredSince;
            failingSince = null;
        }
    }

    /// <summary>The store could not be reached, or did not answer in time.</summary>
    public void Failed(DateTimeOffset askedAt, DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            answeredSince = DateTimeOffset.MaxValue;
            failingSince ??= askedAt;
            lastFailure = now;
        }
    }

    /// <summary>Whether claims written earlier still stand, as far as can be known.</summary>
    public bool MayGrant(DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            return confirmedAt >= stoodStillAt && (now - confirmedAt <= options.TrustedFor || IsGoingOn(now));
        }
    }

    /// <summary>Whether grants go on only because nobody can reach the store.</summary>
    public bool IsDegraded(DateTimeOffset now)
    {
        lock (gate)
        {
            return now - confirmedAt > options.TrustedFor && failingSince is not null;
        }
    }

    // The store must have failed ever since it last answered, and lately: silence alone proves nothing.
    private bool IsGoingOn(DateTimeOffset now) =>
        !options.IsStrict && failingSince is not null && now - lastFailure <= options.Interval + options.AnswerWithin + options.BeatWithin;

    private void Notice(DateTimeOffset now)
    {
        if (now - lastBeat > options.BeatWithin)
        {
            (stoodStillAt, lastBeat) = (now, now);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
