namespace GeminiBalance.KeyPool;

/// <summary>Whether a key is in use. The first match counts, from the bottom up.</summary>
public enum KeyState
{
    /// <summary>In use.</summary>
    Active = 1,

    /// <summary>At least one model waits for its minute window or for the end of a cool-down.</summary>
    Cooling = 2,

    /// <summary>At least one model has no quota left until midnight Pacific.</summary>
    ExhaustedToday = 3,

    /// <summary>Not accepted by the upstream. Re-checked from time to time.</summary>
    Rejected = 4,

    /// <summary>Suspended, leaked or out of money. Only a person brings it back.</summary>
    Suspended = 5,

    /// <summary>Switched off by a person.</summary>
    Disabled = 6,
}
