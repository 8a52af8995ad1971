namespace GeminiBalance.Storage.MySql;

/// <summary>A row of <c>key_ledgers</c> as a claimer finds it.</summary>
/// <param name="Id">The key.</param>
/// <param name="Term">The last claim's.</param>
/// <param name="Holder">Null when that was given back.</param>
/// <param name="Ledger">UTF-8 JSON; null when nothing was ever stored.</param>
/// <param name="ClosedAt">When it was given back, on the clock of <paramref name="ClosedOn"/>.</param>
/// <param name="ClosedOn">A database server's name.</param>
/// <param name="ClaimedAt">When it was claimed, on the clock of <paramref name="ClaimedOn"/>.</param>
/// <param name="ClaimedOn">A database server's name.</param>
/// <param name="Now">The time on the clock of <paramref name="Here"/>, when the claimer asked.</param>
/// <param name="Here">The name of the server that answered.</param>
internal sealed record ClaimRow(string Id, long Term, string? Holder, byte[]? Ledger, DateTime? ClosedAt, string? ClosedOn, DateTime? ClaimedAt, string? ClaimedOn, DateTime Now, string Here)
{
    /// <summary>Clocks of two servers cannot be compared: then nothing counts as passed.</summary>
    public TimeSpan SinceClosed => Holder is null && ClosedAt < Now && ClosedOn == Here ? Now - ClosedAt.Value : TimeSpan.Zero;

    /// <param name="asked">When the holder asked last which claims it lost.</param>
    public TimeSpan SinceHeard(HolderRow? asked)
    {
        if (Holder is null || ClaimedAt is not { } claimed || ClaimedOn != Here || (asked is not null && asked.AskedOn != Here))
        {
            return TimeSpan.Zero;
        }

        var heard = asked?.AskedAt > claimed ? asked.AskedAt : claimed;
        return heard < Now ? Now - heard : TimeSpan.Zero;
    }
}
