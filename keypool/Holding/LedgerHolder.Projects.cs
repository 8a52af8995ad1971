namespace GeminiBalance.KeyPool;

/// <content>
/// Under which project a key's calls are granted. Its own ledger alone says so, and refuses who knows an older row: were some to ask the old ledger while
/// others ask the new one, one quota would be spent twice. In a move it grants nothing, until the store has the move and the new ledger has counted
/// what this one has.
/// </content>
public sealed partial class LedgerHolder
{
    /// <summary>After this time a move that is under way is worth asking about again.</summary>
    private static readonly TimeSpan MovedSoon = TimeSpan.FromMilliseconds(100);

    /// <summary>After this time a gateway with an old row may have read the new one.</summary>
    private static readonly TimeSpan NewsSoon = TimeSpan.FromSeconds(1);
    private KeyId? project;
    private long rosterVersion;

    /// <summary>The move that the last ask named, when it is to be made.</summary>
    public LedgerMove? WantedMove { get; private set; }

    /// <summary>The project whose ledger must count what this one has before anything is granted; null when there is no such move.</summary>
    public KeyId? MovesTo => IsMoving ? project : null;

    /// <summary>Whether a move has begun and not ended.</summary>
    public bool IsMoving { get; private set; }

    /// <summary>From now on nothing is granted. To be stored before <see cref="Read"/> is counted in the new project's ledger.</summary>
    /// <returns>False when it cannot begin yet, because a former holder may still grant what nobody counts here.</returns>
    public bool BeginMove(LedgerMove move)
    {
        WantedMove = null;
        if (move.Version > rosterVersion)
        {
            if (!IsProven())
            {
                return false;
            }

            IsMoving |= move.Project != project;
            (project, rosterVersion) = (move.Project, move.Version);
        }

        (IsChanged, IsUrgent) = (true, true);
        return true;
    }

    /// <summary>The new ledger has counted, and stored it.</summary>
    public void EndMove()
    {
        IsMoving = false;
        (IsChanged, IsUrgent) = (true, true);
    }

    /// <summary>Counts what a key that joins this project's ledger has counted.</summary>
    /// <param name="key">The key's ledger, taken a moment ago.</param>
    /// <param name="now">The time.</param>
    public void CountIn(KeyLedgerSnapshot key, DateTimeOffset now)
    {
        ledger.CountIn(key.Shifted(now), now);
        (IsChanged, IsUrgent) = (true, true);
    }

    private (KeyDenialReason Reason, TimeSpan Again)? JudgeProject(LedgerAsk ask)
    {
        if (ask.Project == project)
        {
            rosterVersion = Math.Max(rosterVersion, ask.RosterVersion);
            WantedMove = IsMoving ? new LedgerMove(project, rosterVersion) : null;
            return IsMoving ? (KeyDenialReason.NeedsCheckpoint, MovedSoon) : null;
        }

        if (ask.RosterVersion <= rosterVersion)
        {
            return (KeyDenialReason.StoreUnavailable, NewsSoon);
        }

        if (!IsProven())
        {
            return (KeyDenialReason.StoreUnavailable, Pulse.Options.Interval);
        }

        WantedMove = new LedgerMove(ask.Project, ask.RosterVersion);
        return (KeyDenialReason.NeedsCheckpoint, MovedSoon);
    }

    private void LoadProject(KeyLedgerSnapshot? stored)
    {
        project = stored?.Project is { } name ? new KeyId(name) : null;
        (rosterVersion, IsMoving) = (stored?.RosterVersion ?? 0, stored?.IsMoving ?? false);
    }

    private KeyLedgerSnapshot WithProject(KeyLedgerSnapshot snapshot) =>
        snapshot with { Project = project?.Value, RosterVersion = rosterVersion, IsMoving = IsMoving };
}
