namespace GeminiBalance.Storage.MySql;

/// <summary>What is to be summed up.</summary>
/// <param name="Source">What is summed.</param>
/// <param name="From">Rows that ended, or counters that began, at this moment or later.</param>
/// <param name="By">What there is one sum for.</param>
/// <param name="KeyId">For one key alone; null for all.</param>
/// <param name="Succeeded">The outcome that is a success.</param>
/// <param name="Cancelled">The outcome that is nobody's failure.</param>
/// <param name="GroupsMax">The largest number of groups.</param>
public sealed record SumQuery(SumSource Source, DateTimeOffset From, SumGrouping By, string? KeyId, int Succeeded, int Cancelled, int GroupsMax);
