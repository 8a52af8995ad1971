using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Expected;

/// <summary>A call as the model made it.</summary>
/// <param name="Signature">Of the call's part; null when it has none.</param>
internal sealed record ExpectedCall(string Name, JsonNode Arguments, string? Signature);
