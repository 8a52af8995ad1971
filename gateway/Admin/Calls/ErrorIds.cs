namespace GeminiBalance.Gateway.Admin;

/// <summary>Rows of the error log to delete.</summary>
internal sealed record ErrorIds(IReadOnlyList<long>? Ids);
