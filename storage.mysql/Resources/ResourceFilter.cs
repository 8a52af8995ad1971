namespace GeminiBalance.Storage.MySql;

/// <summary>Which resources to list, newest first.</summary>
/// <param name="Collection">Of what kind.</param>
/// <param name="ClientId">Whose; null: everybody's.</param>
/// <param name="Now">Milliseconds since 1970; those expired by then are left out.</param>
/// <param name="After">The last row of the page before.</param>
/// <param name="Count">How many at most.</param>
public sealed record ResourceFilter(string Collection, string? ClientId, long Now, (long CreatedAt, string Name, string ClientId)? After, int Count);
