namespace GeminiBalance.Protocol.Gemini;

/// <summary>Answer of Imagen's <c>predict</c>. Without predictions, everything was withheld.</summary>
public sealed class PredictAnswer
{
    public List<Prediction?>? Predictions { get; set; }
}
