namespace GeminiBalance.FakeGemini;

/// <summary>What one key may do with one model. Zero is unlimited.</summary>
/// <param name="RequestsPerMinute">Requests in any 60 seconds.</param>
/// <param name="TokensPerMinute">Input tokens in any 60 seconds.</param>
/// <param name="RequestsPerDay">Requests in a day of America/Los_Angeles.</param>
public readonly record struct FakeLimits(int RequestsPerMinute = 0, long TokensPerMinute = 0, int RequestsPerDay = 0);
