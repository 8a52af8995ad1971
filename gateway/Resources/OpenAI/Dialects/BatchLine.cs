namespace GeminiBalance.Gateway.Resources;

/// <summary>A line of a batch in the upstream's terms.</summary>
/// <param name="Model">The model in the client's spelling.</param>
/// <param name="UpstreamModel">The same as it is called upstream.</param>
/// <param name="Requests">What to send, at least one, each with the key under which its answer comes back.</param>
internal sealed record BatchLine(string Model, string UpstreamModel, IReadOnlyList<(string Key, byte[] Request)> Requests);
