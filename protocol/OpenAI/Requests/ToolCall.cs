namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A call the model made earlier.</summary>
/// <param name="Id">Empty when the client sent none.</param>
/// <param name="Arguments">JSON text as the model wrote it, or the free text of a custom tool.</param>
/// <param name="IsCustom">Whether <paramref name="Arguments"/> is free text.</param>
/// <param name="ThoughtSignature">From whichever of its several places the client kept it in.</param>
public sealed record ToolCall(string Id, string Name, string Arguments, bool IsCustom, string? ThoughtSignature);
