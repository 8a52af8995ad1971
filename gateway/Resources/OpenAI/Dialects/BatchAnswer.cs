namespace GeminiBalance.Gateway.Resources;

/// <summary>The answer to a line of a batch.</summary>
/// <param name="Id">The client's name of the line.</param>
/// <param name="Status">The status that the request alone would have had.</param>
/// <param name="RequestId">An id of the answer.</param>
/// <param name="Body">What it would have been answered, as UTF-8 JSON.</param>
internal sealed record BatchAnswer(string Id, int Status, string RequestId, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status == StatusCodes.Status200OK;
}
