namespace GeminiBalance.TestKit;

/// <summary>A kind of call to a claim store.</summary>
public enum ClaimStoreCall
{
    Claim,
    Save,
    Close,
    ListLost,
}
