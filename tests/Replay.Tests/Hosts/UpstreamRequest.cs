namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>What the upstream was sent.</summary>
/// <param name="Target">Path and query as they stood on the wire.</param>
internal sealed record UpstreamRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);
