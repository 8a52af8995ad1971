namespace GeminiBalance.KeyPool;

/// <summary>What one key may do with one model. Zero means unlimited.</summary>
/// <param name="RequestsPerMinute">Requests in any 60 seconds.</param>
/// <param name="TokensPerMinute">Input tokens in any 60 seconds.</param>
/// <param name="RequestsPerDay">Requests in a day of America/Los_Angeles.</param>
public readonly record struct KeyLimits(long RequestsPerMinute, long TokensPerMinute, long RequestsPerDay)
{
    public static KeyLimits Unlimited => default;
}
