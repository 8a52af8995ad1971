namespace GeminiBalance.Gateway.Admin;

/// <summary>What became of keys that were to be added. Lists are cut at <see cref="Limits.AdminListedKeysMax"/>; counts are not.</summary>
internal sealed record AddedKeys(
    int AddedCount, int DuplicateCount, int InvalidCount, IReadOnlyList<KeyName> Added, IReadOnlyList<string> Duplicates, IReadOnlyList<string> Invalid);
