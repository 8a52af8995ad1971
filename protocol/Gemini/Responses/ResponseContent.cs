namespace GeminiBalance.Protocol.Gemini;

public sealed class ResponseContent
{
    /// <summary>Missing when the model spent all its tokens on thoughts.</summary>
    public List<ResponsePart?>? Parts { get; set; }
}
