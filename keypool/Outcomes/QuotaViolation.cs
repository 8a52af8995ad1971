namespace GeminiBalance.KeyPool;

/// <summary>One line of a <c>QuotaFailure</c>, as far as it could be read.</summary>
internal readonly record struct QuotaViolation(string QuotaId, string QuotaMetric, long? Value)
{
    public bool IsPerDay => QuotaId is not null && QuotaId.Contains("PerDay", StringComparison.Ordinal);

    /// <summary>What is counted; null for a span other than a minute or a day.</summary>
    public QuotaKind? Kind
    {
        get
        {
            var perMinute = QuotaId.Contains("PerMinute", StringComparison.Ordinal);
            if (!perMinute && !IsPerDay)
            {
                return null;
            }

            var tokens = QuotaId.Contains("Token", StringComparison.OrdinalIgnoreCase) || QuotaMetric.Contains("token", StringComparison.OrdinalIgnoreCase);
            return (tokens, IsPerDay) switch
            {
                (true, true) => QuotaKind.TokensPerDay,
                (true, false) => QuotaKind.TokensPerMinute,
                (false, true) => QuotaKind.RequestsPerDay,
                (false, false) => QuotaKind.RequestsPerMinute,
            };
        }
    }
}
