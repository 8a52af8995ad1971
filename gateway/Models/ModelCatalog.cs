using System.Collections.Frozen;

namespace GeminiBalance.Gateway.Models;

/// <summary>The models that the pool's keys offer, as far as they have been asked.</summary>
internal sealed class ModelCatalog
{
    /// <summary>The ids of the models; empty until the list has been read once.</summary>
    public IReadOnlySet<string> Ids { get; } = FrozenSet<string>.Empty;
}
