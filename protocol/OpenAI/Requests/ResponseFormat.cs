namespace GeminiBalance.Protocol.OpenAI;

/// <param name="IsJson">False for <c>text</c>.</param>
/// <param name="Schema">Null for <c>json_object</c>.</param>
public sealed record ResponseFormat(bool IsJson, RawJson? Schema = null);
