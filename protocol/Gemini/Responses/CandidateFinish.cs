using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>A finish reason together with its name on the wire, which is kept for reasons that are not known here.</summary>
[JsonConverter(typeof(CandidateFinishConverter))]
public sealed record CandidateFinish(FinishReason Reason, string Name);
