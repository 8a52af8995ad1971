namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What others know of a request's calls.</summary>
/// <param name="ById">Signatures by the calls' ids.</param>
/// <param name="ByCall">Signatures by what was called; null where equal calls came with different ones.</param>
internal sealed record FoundSignatures(IReadOnlyDictionary<string, string> ById, IReadOnlyDictionary<string, string?> ByCall)
{
    public static FoundSignatures None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string?>());

    public bool IsEmpty => ById.Count == 0 && ByCall.Count == 0;
}
