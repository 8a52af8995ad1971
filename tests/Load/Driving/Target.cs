using GeminiBalance.Load.Http;

namespace GeminiBalance.Load.Driving;

/// <summary>A face to measure.</summary>
/// <param name="Name">For people.</param>
/// <param name="ProcessIds">Whose CPU time counts.</param>
/// <param name="Unary">A call answered in one piece; of several conversations, to be sent in turn.</param>
/// <param name="Stream">The same call answered as server-sent events.</param>
internal sealed record Target(string Name, IReadOnlyList<int> ProcessIds, IReadOnlyList<PreparedRequest> Unary, PreparedRequest Stream);
