namespace GeminiBalance.KeyPool;

/// <summary>What a quota counts.</summary>
public enum QuotaKind
{
    /// <summary>Requests in any 60 seconds.</summary>
    RequestsPerMinute = 1,

    /// <summary>Input tokens in any 60 seconds.</summary>
    TokensPerMinute = 2,

    /// <summary>Requests in a Pacific day.</summary>
    RequestsPerDay = 3,

    /// <summary>Input tokens in a Pacific day.</summary>
    TokensPerDay = 4,
}
