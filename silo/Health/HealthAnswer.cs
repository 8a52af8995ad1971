namespace GeminiBalance.Silo.Health;

/// <summary>The answer of <c>/health</c> and <c>/health/ready</c>.</summary>
internal sealed record HealthAnswer(string Status);
