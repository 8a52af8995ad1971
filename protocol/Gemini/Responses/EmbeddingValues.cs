namespace GeminiBalance.Protocol.Gemini;

public sealed class EmbeddingValues
{
    public float[]? Values { get; set; }
}
