namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Which block is open.</summary>
internal enum BlockKind
{
    None,
    Text,
    Thinking,
}
