namespace GeminiBalance.Protocol.OpenAI;

public sealed record StreamOptions(bool IncludeUsage);
