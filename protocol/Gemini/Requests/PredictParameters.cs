namespace GeminiBalance.Protocol.Gemini;

public sealed class PredictParameters
{
    /// <summary>Pictures, 1 to 4.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Such as <c>16:9</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary><c>1K</c> or <c>2K</c>.</summary>
    public string? SampleImageSize { get; init; }

    /// <summary>Without it, an answer whose pictures were all withheld is <c>{}</c>.</summary>
    public bool IncludeRaiReason { get; init; }

    public PredictOutput? OutputOptions { get; init; }
}
