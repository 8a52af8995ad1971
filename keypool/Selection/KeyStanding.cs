namespace GeminiBalance.KeyPool;

/// <summary>What a model's queue believes about a key. A hint: the key's ledger alone decides.</summary>
internal enum KeyStanding : byte
{
    /// <summary>Not in the queue.</summary>
    Absent = 0,

    /// <summary>Should have a token.</summary>
    Ready = 1,

    /// <summary>Waits for its minute window or for the end of a cool-down.</summary>
    Waiting = 2,

    /// <summary>Waits until the store has its day's count.</summary>
    AwaitsStore = 3,

    /// <summary>No quota left for this Pacific day.</summary>
    DayExhausted = 4,

    /// <summary>Does not offer the model.</summary>
    ModelUnavailable = 5,

    /// <summary>Rejected, suspended or disabled.</summary>
    OutOfUse = 6,

    /// <summary>Its ledger is being asked.</summary>
    Asked = 7,

    /// <summary>Whoever holds its ledger could not be asked, or may not grant.</summary>
    Silent = 8,

    /// <summary>Its ledger was asked and has not answered in time; until it does, or the ask fails, it is not asked again.</summary>
    Overdue = 9,
}
