namespace GeminiBalance.Protocol.Gemini;

/// <param name="Mode"><c>AUTO</c>, <c>ANY</c>, <c>NONE</c> or <c>VALIDATED</c>.</param>
/// <param name="AllowedFunctionNames">With <c>ANY</c> and <c>VALIDATED</c> only.</param>
public sealed record FunctionCallingConfig(string Mode, List<string>? AllowedFunctionNames = null);
