namespace GeminiBalance.Protocol.Gemini;

public sealed class GeminiToolConfig
{
    public FunctionCallingConfig? FunctionCallingConfig { get; init; }

    /// <summary>Obligatory when functions stand beside built-in tools (Gemini 3).</summary>
    public bool? IncludeServerSideToolInvocations { get; init; }
}
