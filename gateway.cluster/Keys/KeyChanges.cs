using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>What is new among the keys.</summary>
/// <param name="Version">Up to which change this tells.</param>
/// <param name="Changed">New ones, changed ones, and those whose state a person changed.</param>
/// <param name="Removed">Those that are gone; some may never have been known here.</param>
/// <param name="Back">Those of the changed ones that left and were added anew, and whose ledgers have not been told.</param>
internal sealed record KeyChanges(long Version, IReadOnlyList<RosterKey> Changed, IReadOnlyList<KeyId> Removed, IReadOnlyList<KeyId> Back);
