namespace GeminiBalance.Gateway.Upstream;

/// <summary>A client's body on its way upstream. It is read once, piece by piece, while it is sent.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="length">How many there are; null when the client has not said.</param>
/// <param name="bytesMax">The most that is passed on.</param>
internal sealed class StreamedBody(Stream source, long? length, long bytesMax)
{
    public long? Length { get; } = length;

    /// <summary>Whether any of it has been read, so that it cannot be sent again.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether the client failed to deliver it.</summary>
    public bool ClientFailed { get; private set; }

    /// <summary>Whether there was more than is passed on.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Passes everything on.</summary>
    /// <param name="to">The upstream's side.</param>
    /// <param name="moved">Called after each piece.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">One of the two sides failed, or the body is too long.</exception>
    public async Task CopyAsync(Stream to, Action moved, CancellationToken cancellationToken)
    {
        HasStarted = true;
        var buffer = new byte[Limits.TransferChunkBytes];
        for (long total = 0; ;)
        {
            var count = await ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return;
            }

            total += count;
            if (total > bytesMax)
            {
                (IsTooLong, ClientFailed) = (true, true);
                throw new IOException("The body is longer than it may be.");
            }

            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            moved();
        }
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException)
        {
            ClientFailed = true;
            IsTooLong = exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            throw new IOException("The client's body broke off.", exception);
        }
    }
}
