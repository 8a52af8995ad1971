namespace GeminiBalance.Gateway.CallLog;

/// <summary>What there is one sum for.</summary>
internal enum CallGrouping
{
    /// <summary>Everything together, in one group without a name.</summary>
    All = 1,

    Model = 2,

    /// <summary>Keys, by their ids.</summary>
    Key = 3,

    /// <summary>Outcomes, by their numbers.</summary>
    Outcome = 4,

    /// <summary>Minutes, by the second since 1970 they begin at.</summary>
    Minute = 5,

    /// <summary>Hours, likewise.</summary>
    Hour = 6,
}
