namespace GeminiBalance.Protocol.Gemini;

/// <summary><c>{}</c>: a built-in tool is switched on by its presence.</summary>
public sealed class EmptyObject
{
    public static EmptyObject Value { get; } = new();
}
