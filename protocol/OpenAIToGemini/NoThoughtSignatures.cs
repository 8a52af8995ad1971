namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Remembers nothing.</summary>
public sealed class NoThoughtSignatures : IThoughtSignatures
{
    private NoThoughtSignatures()
    {
    }

    public static NoThoughtSignatures Instance { get; } = new();

    public string? Find(string toolCallId) => null;

    public string? Find(CallFingerprint call) => null;

    public void Keep(string toolCallId, CallFingerprint call, string signature)
    {
    }
}
