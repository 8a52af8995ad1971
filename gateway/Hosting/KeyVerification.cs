namespace GeminiBalance.Gateway.Hosting;

/// <summary>What became of the verification of a key.</summary>
internal enum KeyVerification
{
    /// <summary>The upstream answered with this key.</summary>
    Valid = 1,

    /// <summary>The upstream does not accept the key.</summary>
    Invalid = 2,

    /// <summary>Nothing was learned: the upstream or the way to it is at fault, or the key's quota is spent there.</summary>
    Unclear = 3,

    /// <summary>The key has no token now, so nothing was sent.</summary>
    NotNow = 4,

    /// <summary>There is no such key.</summary>
    Unknown = 5,
}
