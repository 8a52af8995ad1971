using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A file on its way upstream: as it is, or, when it is the input of a batch, with every line translated while it passes.</summary>
/// <param name="source">The client's bytes.</param>
/// <param name="translator">Translates lines.</param>
/// <param name="said">What the client has said of it so far; null: the first line tells.</param>
internal sealed class BatchInputStream(Stream source, BatchRequestTranslator translator, bool? said) : ReadOnceStream
{
    private readonly PooledBuffer input = new(Limits.TransferChunkBytes, Limits.RequestBodyBytesMax);
    private ReadOnlyMemory<byte> output;
    private bool? isBatch = said;
    private int lines;
    private bool isOver;

    /// <summary>Bytes read from the client.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether it is the input of a batch; null before the first line.</summary>
    public bool? IsBatch => isBatch;

    /// <summary>What is wrong with it.</summary>
    public ClientError? Problem { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (output.IsEmpty)
        {
            if (isBatch == false)
            {
                return await PassAsync(buffer, cancellationToken);
            }

            if (!await NextLineAsync(cancellationToken))
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, output.Length);
        output[..count].CopyTo(buffer);
        output = output[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> PassAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (input.Count == 0)
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            return read;
        }

        var count = Math.Min(buffer.Length, input.Count);
        input.Written[..count].CopyTo(buffer);
        input.Drop(count);
        return count;
    }

    // False at the end.
    private async ValueTask<bool> NextLineAsync(CancellationToken cancellationToken)
    {
        var end = input.FindLineEnd();
        while (end < 0 && !isOver)
        {
            if (isBatch is null && input.Count >= Limits.TransferChunkBytes)
            {
                isBatch = input.Written.Span.IndexOf("\"custom_id\""u8) >= 0;
                return true;
            }

            await FillAsync(cancellationToken);
            end = input.FindLineEnd();
        }

        if (end < 0 && input.Count == 0)
        {
            return false;
        }

        var line = input.Written[..(end < 0 ? input.Count : end)];
        isBatch ??= BatchRequestTranslator.LooksLikeOne(line);
        if (isBatch == true)
        {
            lines++;
            await TakeAsync(line, cancellationToken);
            input.Drop(end < 0 ? input.Count : end + 1);
        }

        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (input.IsFull)
        {
            lines++;
            Refuse($"is longer than {Limits.RequestBodyBytesMax / (1024 * 1024)} MB.");
        }

        var read = await source.ReadAsync(input.Free(), cancellationToken);
        input.Advance(read);
        BytesRead += read;
        isOver = read == 0;
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        try
        {
            output = await translator.TranslateAsync(line, cancellationToken);
        }
        catch (TranslationException exception)
        {
            Refuse(exception.Message);
        }
        catch (ClientErrorException exception)
        {
            Refuse(exception.Message);
        }
    }

    // The bytes before are on their way: the upload ends as one that the client broke off.
    private void Refuse(string message)
    {
        Problem = ClientError.InvalidRequest($"Line {lines.ToString(System.Globalization.CultureInfo.InvariantCulture)}: {message}", "file");
        throw new IOException("A line of the file cannot be used.");
    }
}
