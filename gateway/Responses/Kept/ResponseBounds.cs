namespace GeminiBalance.Gateway.Responses;

/// <param name="CountMax">Responses of one owner.</param>
/// <param name="BytesMax">Bytes of all responses of one owner.</param>
internal sealed record ResponseBounds(int CountMax, long BytesMax)
{
    /// <summary>What is left when a bound was exceeded, in percent: so that not every response that follows deletes one.</summary>
    public const int PercentLeft = 95;

    public int CountLeft => CountMax * PercentLeft / 100;

    public long BytesLeft => BytesMax * PercentLeft / 100;
}
