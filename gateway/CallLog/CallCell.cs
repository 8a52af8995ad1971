using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>What calls are counted by.</summary>
/// <param name="Start">The beginning of the minute or hour, in seconds since 1970.</param>
/// <param name="KeyId">The key's id; empty for all keys together, so that totals need no sum over keys.</param>
/// <param name="Model">The model whose quota was spent.</param>
/// <param name="Outcome">How the calls ended.</param>
internal readonly record struct CallCell(long Start, string KeyId, string Model, CallOutcomeKind Outcome) : IComparable<CallCell>
{
    /// <summary>The order in which stores write, so that two gateways do not wait for each other crosswise.</summary>
    public int CompareTo(CallCell other)
    {
        var order = Start.CompareTo(other.Start);
        order = order != 0 ? order : string.CompareOrdinal(KeyId, other.KeyId);
        order = order != 0 ? order : string.CompareOrdinal(Model, other.Model);
        return order != 0 ? order : Outcome.CompareTo(other.Outcome);
    }
}
