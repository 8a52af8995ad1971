using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql;

/// <summary>A key as it is stored.</summary>
/// <param name="Id">The key's.</param>
/// <param name="Secret">The key itself, encrypted; empty when it was removed.</param>
/// <param name="Origin">Who brought it in.</param>
/// <param name="Profile">What people decided about it.</param>
/// <param name="Version">Of its last change; see <see cref="RosterChanges.Version"/>.</param>
/// <param name="IsRemoved">Whether it left the pool.</param>
/// <param name="IsBack">Whether it left and was added anew, and its ledger has not been told.</param>
public sealed record RosterRow(KeyId Id, byte[] Secret, RosterOrigin Origin, KeyProfile Profile, long Version, bool IsRemoved, bool IsBack = false);
