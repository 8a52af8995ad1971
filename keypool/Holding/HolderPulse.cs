namespace GeminiBalance.KeyPool;

/// <summary>
/// Whether a process may grant from the ledgers it has claimed: while the store has lately said which of them are lost, or while nobody
/// reaches the store, so that nobody can have taken one. A process that stood still may have missed both, and must hear the store first. Pure.
/// </summary>
public sealed class HolderPulse
{
    private readonly Lock gate = new();
    private readonly HolderPulseOptions options;
    private DateTimeOffset lastBeat;
    private DateTimeOffset confirmedAt;
    private DateTimeOffset stoodStillAt;
    private DateTimeOffset answeredSince;
    private DateTimeOffset outForAllAt;
    private DateTimeOffset contactAt;
    private DateTimeOffset failedAt;
    private bool isFailing;
    private bool isOutrun;
    private bool isLeaving;

    public HolderPulse(HolderPulseOptions options, DateTimeOffset now)
    {
        this.options = options;
        StartAnew(now);
    }

    /// <summary>Since when every question was answered and the process ran; <see cref="DateTimeOffset.MaxValue"/> while the last one was not.</summary>
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

    /// <summary>When the last question that was answered had been asked.</summary>
    public DateTimeOffset ConfirmedAt
    {
        get
        {
            lock (gate)
            {
                return confirmedAt;
            }
        }
    }

    public HolderPulseOptions Options => options;

    /// <summary>Whether the process gives its ledgers away because it ends.</summary>
    public bool IsLeaving
    {
        get
        {
            lock (gate)
            {
                return isLeaving;
            }
        }
    }

    /// <summary>Whether the last question got no answer.</summary>
    public bool IsFailing
    {
        get
        {
            lock (gate)
            {
                return isFailing;
            }
        }
    }

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
            confirmedAt = Later(confirmedAt, askedAt < now ? askedAt : now);
            contactAt = Later(contactAt, now);
            (isFailing, isOutrun) = (false, false);
            if (answeredSince == DateTimeOffset.MaxValue && askedAt >= stoodStillAt)
            {
                answeredSince = askedAt;
            }
        }
    }

    /// <summary>This process could not reach the store, or got no answer in time.</summary>
    public void Failed(DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            (answeredSince, isFailing, failedAt) = (DateTimeOffset.MaxValue, true, now);
        }
    }

    /// <summary>The store answered something else, such as a claim.</summary>
    public void Reached(DateTimeOffset now)
    {
        lock (gate)
        {
            contactAt = Later(contactAt, now);
        }
    }

    /// <summary>What this process says to another that does not reach the store.</summary>
    public HolderWord Tell(DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            return new HolderWord(isFailing, now - failedAt, now - contactAt);
        }
    }

    /// <summary>After a failure here: what the other processes say that could take claims. None may be missing that can take them from this one.</summary>
    /// <param name="words">One for each.</param>
    /// <param name="askedAt">When they were asked.</param>
    /// <param name="now">The time.</param>
    public void HearPeers(IReadOnlyList<HolderWord> words, DateTimeOffset askedAt, DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            var since = askedAt < now ? askedAt : now;
            foreach (var word in words)
            {
                // Whoever reached the store a while after this process last did may have taken its claims, and have waited long enough by now.
                isOutrun |= now - word.ContactAgo >= confirmedAt + options.TrustedFor;
                since = !word.IsFailing ? DateTimeOffset.MinValue : since < askedAt - word.FailedAgo ? since : askedAt - word.FailedAgo;
            }

            outForAllAt = Later(outForAllAt, since);
        }
    }

    /// <summary>The process's clock was set: the moments told before mean nothing now, so the store must be heard first.</summary>
    public void ClockWasSet(DateTimeOffset now)
    {
        lock (gate)
        {
            StartAnew(now);
        }
    }

    /// <summary>The process ends: it grants nothing from now on, so that no answer is on its way when it hands its ledgers over.</summary>
    public void Leave()
    {
        lock (gate)
        {
            isLeaving = true;
        }
    }

    /// <summary>Whether claims written earlier still stand, as far as can be known.</summary>
    public bool MayGrant(DateTimeOffset now)
    {
        lock (gate)
        {
            Notice(now);
            return !isLeaving && confirmedAt >= stoodStillAt && (now - confirmedAt <= options.TrustedFor || IsGoingOn(now));
        }
    }

    /// <summary>Whether the store was out of reach for so long that grants go on only if nobody reaches it.</summary>
    public bool IsDegraded(DateTimeOffset now)
    {
        lock (gate)
        {
            return now - confirmedAt > options.TrustedFor && isFailing;
        }
    }

    // That this process does not reach the store proves nothing: others may, and take its claims. Nor does it prove anything for long.
    private bool IsGoingOn(DateTimeOffset now) => !options.IsStrict && isFailing && !isOutrun && outForAllAt >= stoodStillAt && now - outForAllAt <= options.TrustedFor;

    private void Notice(DateTimeOffset now)
    {
        if (now - lastBeat > options.BeatWithin)
        {
            (stoodStillAt, lastBeat, answeredSince) = (now, now, DateTimeOffset.MaxValue);
        }
        else if (lastBeat - now > options.BeatWithin)
        {
            StartAnew(now); // A reader was late with a time from before the clock was set.
        }
    }

    private void StartAnew(DateTimeOffset now)
    {
        (stoodStillAt, lastBeat) = (now, now);
        (confirmedAt, outForAllAt, failedAt) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        (isFailing, isOutrun, answeredSince, contactAt) = (false, false, DateTimeOffset.MaxValue, now);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
