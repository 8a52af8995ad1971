namespace GeminiBalance.Protocol.Gemini;

public sealed class ModalityTokenCount
{
    public Modality Modality { get; set; }

    public long? TokenCount { get; set; }
}
