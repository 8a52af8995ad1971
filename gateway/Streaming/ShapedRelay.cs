namespace GeminiBalance.Gateway.Streaming;

/// <summary>Passes whole events of a native stream on, joined and in pieces, in the stream's own framing.</summary>
/// <param name="response">The client's side.</param>
/// <param name="isArray">Whether the stream is a JSON array; else it is server-sent events.</param>
/// <param name="pacer">Cuts and waits; null when text passes as it comes.</param>
/// <param name="join">Puts the answers of several calls together; null when there is one.</param>
internal sealed class ShapedRelay(HttpResponse response, bool isArray, TextPacer? pacer, AnswerJoin? join)
{
    private static readonly byte[] SseBefore = "data: "u8.ToArray();
    private static readonly byte[] SseAfter = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] ArrayBetween = ",\r\n"u8.ToArray();

    private readonly JsonArrayFraming array = new();

    private bool IsContinuation => join is { Continuations: > 0 };

    /// <param name="bytes">Whole events; only at the end of the stream something may follow them.</param>
    /// <param name="isLast">Whether this is the end of the stream.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isLast, CancellationToken client)
    {
        IStreamFraming framing = isArray ? array : new SseFraming();
        while (framing.FindEnd(bytes.Span) is > 0 and var length)
        {
            await WriteEventAsync(bytes[..length], framing.Json(bytes.Span[..length]).ToArray(), client);
            bytes = bytes[length..];
        }

        if (framing.Json(bytes.Span).ToArray() is { Length: > 0 } rest)
        {
            await WriteEventAsync(bytes, rest, client);
            bytes = default;
        }

        foreach (var held in isLast ? join?.End() ?? [] : [])
        {
            await WritePiecesAsync(Cut(held), Before(default), client);
        }

        await response.BodyWriter.WriteAsync(bytes, client);
    }

    private async ValueTask WriteEventAsync(ReadOnlyMemory<byte> whole, ReadOnlyMemory<byte> json, CancellationToken client)
    {
        if (json.IsEmpty)
        {
            await response.BodyWriter.WriteAsync(whole, client);
            return;
        }

        EventPiece[] pieces = [.. (join?.Take(json) ?? [json]).SelectMany(Cut)];
        if (!IsContinuation && pieces.Length == 1 && pieces[0].Json.Equals(json))
        {
            await WaitAsync(pieces[0], client);
            await response.BodyWriter.WriteAsync(whole, client);
            return;
        }

        await WritePiecesAsync(pieces, Before(whole), client);
    }

    private async ValueTask WritePiecesAsync(IEnumerable<EventPiece> pieces, ReadOnlyMemory<byte> before, CancellationToken client)
    {
        foreach (var piece in pieces)
        {
            await WaitAsync(piece, client);
            await response.BodyWriter.WriteAsync((byte[])[.. before.Span, .. piece.Json.Span, .. isArray ? [] : SseAfter], client);
            before = isArray ? ArrayBetween : SseBefore;
        }
    }

    private IReadOnlyList<EventPiece> Cut(ReadOnlyMemory<byte> json) => pacer?.Cut(json) ?? [new EventPiece(json, IsPaced: false, TimeSpan.Zero)];

    private ValueTask WaitAsync(EventPiece piece, CancellationToken client) => pacer?.WaitAsync(piece, client) ?? default;

    // The first element of an array has what stands before it there: its bracket.
    private ReadOnlyMemory<byte> Before(ReadOnlyMemory<byte> whole) =>
        !isArray ? SseBefore : IsContinuation || whole.IsEmpty ? ArrayBetween : whole[..whole.Span.IndexOf((byte)'{')];
}
