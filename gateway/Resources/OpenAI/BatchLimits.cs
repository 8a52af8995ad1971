namespace GeminiBalance.Gateway.Resources;

/// <summary>Bounds of batches beside those in <see cref="Limits"/>.</summary>
internal static class BatchLimits
{
    /// <summary>What is kept beside a batch of requests for responses, in characters: so much of the requests as their answers repeat.</summary>
    public const int HeadCharsMax = 256 * 1024;

    /// <summary>Vectors that wait for others of their line while a file of answers is read, in bytes.</summary>
    public const long WaitingVectorBytesMax = 64L * 1024 * 1024;
}
