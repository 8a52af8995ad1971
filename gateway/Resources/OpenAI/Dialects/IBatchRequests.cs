using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Requests of one endpoint, as lines of a batch. One per file.</summary>
internal interface IBatchRequests
{
    /// <summary>What answers must know of their requests, by the numbers in their keys.</summary>
    IReadOnlyList<string>? Heads => null;

    /// <param name="id">The client's name of the line.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Ends the wait for what the request names.</param>
    /// <exception cref="TranslationException">The request cannot be part of a batch.</exception>
    ValueTask<BatchLine> TranslateAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
