namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What the content written so far ends with: decides on line breaks around pictures and code.</summary>
internal enum ContentTail
{
    Nothing,
    LineBreak,
    Text,
    Block,
}
