namespace GeminiBalance.KeyPool;

/// <summary>Gathers what stands against a grant: the reason people should hear, and when the last obstacle is gone.</summary>
internal struct Verdict(long now)
{
    public KeyDenialReason Reason { get; private set; }

    /// <summary>When a call of this size passes.</summary>
    public long At { get; private set; } = now;

    /// <summary>When a call of the smallest size passes.</summary>
    public long FreeAt { get; private set; } = now;

    public void Blocks(KeyDenialReason reason, long until)
    {
        FreeAt = Math.Max(FreeAt, until);
        BlocksThisSize(reason, until);
    }

    public void BlocksThisSize(KeyDenialReason reason, long until)
    {
        // A model that is not there and a spent day say more than a minute does, whichever ends last.
        if (Rank(reason) > Rank(Reason) || (Rank(reason) == Rank(Reason) && until > At))
        {
            Reason = reason;
        }

        At = Math.Max(At, until);
    }

    private static int Rank(KeyDenialReason reason) => reason switch
    {
        KeyDenialReason.None => 0,
        KeyDenialReason.ModelUnavailable => 3,
        KeyDenialReason.Day => 2,
        _ => 1,
    };
}
