namespace GeminiBalance.Gateway.CallLog;

/// <summary>What is kept of a failed attempt until it is written. Raw: redacted when the row is made, off the request's path.</summary>
/// <param name="Detail">Status and reason.</param>
/// <param name="Answer">The upstream's error body; empty when there is none or it is too large.</param>
/// <param name="Request">The beginning of what was sent; empty when it is not asked for.</param>
/// <param name="IsRequestCut">Whether there was more of it.</param>
internal sealed record AttemptFault(string? Detail, ReadOnlyMemory<byte> Answer, ReadOnlyMemory<byte> Request, bool IsRequestCut)
{
    /// <summary>The memory it holds.</summary>
    public int Bytes => Answer.Length + Request.Length;
}
