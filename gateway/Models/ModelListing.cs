using System.Collections.Frozen;
using GeminiBalance.Gateway.Forwarding;

namespace GeminiBalance.Gateway.Models;

/// <summary>The models of the pool at one moment, in the order in which they were first seen.</summary>
/// <param name="Models">Each once; empty before the first reading.</param>
/// <param name="Result">How the last reading went. Its failure matters only when there are no models.</param>
internal sealed record ModelListing(IReadOnlyList<ListedModel> Models, CallResult Result)
{
    public static ModelListing Empty { get; } = new([], default);

    public FrozenSet<string> Ids { get; } = Models.Select(model => model.Id).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether there is nothing to show but why.</summary>
    public bool HasFailed => Models.Count == 0 && Result.Failure is not null;
}
