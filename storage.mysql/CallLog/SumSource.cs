namespace GeminiBalance.Storage.MySql;

/// <summary>Where sums come from.</summary>
public enum SumSource
{
    Requests = 1,
    Minutes = 2,
    Hours = 3,
}
