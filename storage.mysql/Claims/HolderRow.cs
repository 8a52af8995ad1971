namespace GeminiBalance.Storage.MySql;

/// <summary>A row of <c>claim_holders</c>: when a holder asked last which claims it lost, on the clock of <paramref name="AskedOn"/>.</summary>
internal sealed record HolderRow(string Holder, DateTime AskedAt, string AskedOn);
