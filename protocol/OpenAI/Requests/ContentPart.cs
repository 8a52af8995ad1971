namespace GeminiBalance.Protocol.OpenAI;

public abstract record ContentPart;
