namespace GeminiBalance.KeyPool;

/// <summary>Why one key's ledger gave no token.</summary>
public enum KeyDenialReason : byte
{
    /// <summary>Not denied.</summary>
    None = 0,

    /// <summary>The requests of this minute are spent.</summary>
    Minute = 1,

    /// <summary>The input tokens of this minute are spent, at least for a call of this size.</summary>
    Tokens = 2,

    /// <summary>A 429 asked for a pause.</summary>
    CoolDown = 3,

    /// <summary>The requests of this Pacific day are spent.</summary>
    Day = 4,

    /// <summary>The upstream does not offer the model to this key.</summary>
    ModelUnavailable = 5,

    /// <summary>The key is rejected, suspended or disabled.</summary>
    State = 6,

    /// <summary>The day's count must reach the store before the next token.</summary>
    NeedsCheckpoint = 7,

    /// <summary>The key keeps live state for as many models as it may.</summary>
    TooManyModels = 8,

    /// <summary>The holder does not know whether it still holds the ledger.</summary>
    StoreUnavailable = 9,
}
