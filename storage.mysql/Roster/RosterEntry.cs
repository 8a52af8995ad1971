using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql;

/// <summary>A key to be added.</summary>
/// <param name="Id">The key's.</param>
/// <param name="Secret">The key itself, encrypted; at most 2,048 bytes.</param>
/// <param name="Profile">What people decided about it.</param>
public sealed record RosterEntry(KeyId Id, byte[] Secret, KeyProfile Profile);
