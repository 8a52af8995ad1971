namespace GeminiBalance.Gateway.Resources;

/// <summary>Which resources to list, newest first.</summary>
/// <param name="Collection">See <see cref="ResourceCollection"/>.</param>
/// <param name="ClientId">Whose; null: everybody's.</param>
/// <param name="After">Where the page before ended; null: the first page.</param>
/// <param name="Count">How many at most.</param>
/// <param name="Now">Those that have expired by then are left out.</param>
internal sealed record ResourceQuery(string Collection, string? ClientId, ResourcePosition? After, int Count, DateTimeOffset Now);
