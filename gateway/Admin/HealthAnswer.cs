namespace GeminiBalance.Gateway.Admin;

/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
internal sealed record HealthAnswer(string Status);
