namespace GeminiBalance.Gateway.Admin;

/// <param name="Reason">Why, for other people.</param>
internal sealed record DisableRequest(string? Reason);
