namespace GeminiBalance.Storage.MySql;

/// <summary>What there is one sum for.</summary>
public enum SumGrouping
{
    All = 1,
    Model = 2,
    Key = 3,
    Outcome = 4,
    Minute = 5,
    Hour = 6,
}
