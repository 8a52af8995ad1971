using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <param name="CustomTools">The client's names of tools that take free text.</param>
internal sealed record ToolSet(List<GeminiTool>? Tools, GeminiToolConfig? Config, IReadOnlySet<string> CustomTools)
{
    public static ToolSet None { get; } = new(null, null, new HashSet<string>());
}
