namespace GeminiBalance.Gateway.Streaming;

/// <summary>Passes whole events of a native stream on in pieces, in the stream's own framing.</summary>
/// <param name="response">The client's side.</param>
/// <param name="framing">Finds the events; this relay's own.</param>
/// <param name="pacer">Cuts and waits.</param>
internal sealed class PacedRelay(HttpResponse response, IStreamFraming framing, TextPacer pacer)
{
    private static readonly byte[] SseBefore = "data: "u8.ToArray();
    private static readonly byte[] SseAfter = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] ArrayBetween = ",\r\n"u8.ToArray();

    /// <param name="bytes">Whole events; only at the end of the stream something may follow them.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken client)
    {
        while (framing.FindEnd(bytes.Span) is > 0 and var length)
        {
            await WriteEventAsync(bytes[..length], client);
            bytes = bytes[length..];
        }

        await response.BodyWriter.WriteAsync(bytes, client);
    }

    private async ValueTask WriteEventAsync(ReadOnlyMemory<byte> whole, CancellationToken client)
    {
        var json = framing.Json(whole.Span).ToArray();
        var pieces = json.Length == 0 ? [] : pacer.Cut(json);
        if (pieces.Count <= 1)
        {
            if (pieces.Count == 1)
            {
                await pacer.WaitAsync(pieces[0], client);
            }

            await response.BodyWriter.WriteAsync(whole, client);
            return;
        }

        var isArray = framing is JsonArrayFraming;
        var before = isArray ? whole[..whole.Span.IndexOf((byte)'{')] : SseBefore;
        foreach (var piece in pieces)
        {
            await pacer.WaitAsync(piece, client);
            await response.BodyWriter.WriteAsync((byte[])[.. before.Span, .. piece.Json.Span, .. isArray ? [] : SseAfter], client);
            before = isArray ? ArrayBetween : SseBefore;
        }
    }
}
