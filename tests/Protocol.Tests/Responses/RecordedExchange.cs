using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>One recorded answer of generateContent or streamGenerateContent.</summary>
/// <param name="Source">File and position, for messages.</param>
/// <param name="Events">Whole answers: one of a unary call, each event of a stream.</param>
/// <param name="Raw">The stream's bytes where the recording has them.</param>
internal sealed record RecordedExchange(string Source, int Status, bool IsStream, IReadOnlyList<JsonNode> Events, byte[]? Raw);
