namespace GeminiBalance.KeyPool;

/// <summary>A lease with what its settlement must say to the ledger that granted it.</summary>
/// <param name="From">The key.</param>
/// <param name="Model">The model it was granted for.</param>
/// <param name="AskedAt">The earliest moment at which it can have been granted, on this gateway's wall clock.</param>
/// <param name="SendBefore">After this moment the call must not be sent.</param>
/// <param name="Charged">Input tokens charged.</param>
/// <param name="Term">The holder's term.</param>
/// <param name="Stamp">The holder's moment of the grant.</param>
/// <param name="IsLittleUsed">Whether the key was hardly used at the grant.</param>
internal sealed record ClusterLease(
    ClusterKey From, string Model, DateTimeOffset AskedAt, DateTimeOffset SendBefore, long Charged, long Term, long Stamp, bool IsLittleUsed)
    : KeyLease(From.Key, Model, AskedAt, SendBefore, Charged);
