namespace GeminiBalance.Gateway.CallLog;

/// <summary>What is to be summed up.</summary>
/// <param name="Source">What is summed.</param>
/// <param name="From">Of what ended, or was counted in a cell that began, at this moment or later.</param>
/// <param name="By">What there is one sum for.</param>
/// <param name="KeyId">For one key alone; null for all.</param>
/// <param name="GroupsMax">The largest number of groups.</param>
internal sealed record CallSumQuery(CallSource Source, DateTimeOffset From, CallGrouping By, string? KeyId = null, int GroupsMax = 1000);
