using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Reads a form with a recording. The recording goes piece by piece into the upstream's body and is never held by itself.</summary>
/// <param name="form">Gets the fields.</param>
/// <param name="body">Gets the recording.</param>
internal sealed class RecordingForm(TranscriptionForm form, TranscriptionBodyWriter body)
{
    private const string Formats = "flac, mp3, mp4, mpeg, mpga, m4a, ogg, wav or webm";

    private bool hasFile;
    private int fields;

    /// <summary>How long the recording is, where its kind tells.</summary>
    public double? Seconds { get; private set; }

    /// <exception cref="ClientErrorException">The form cannot be read, or has no recording.</exception>
    /// <exception cref="Protocol.TranslationException">A field asks for what cannot be had.</exception>
    public async Task ReadAsync(HttpContext context)
    {
        RequestBody.Check(context.Request);
        var reader = new MultipartReader(BoundaryOf(context.Request), context.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                await ReadSectionAsync(section, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException))
        {
            throw Wrong("The form could not be read: it is cut, or its parts are not as multipart/form-data demands.");
        }

        if (!hasFile)
        {
            throw Wrong("file is required: the recording, as a file of the form.", "file");
        }
    }

    private static ClientErrorException Wrong(string message, string? param = null) => new(ClientError.InvalidRequest(message, param));

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong("The body must be multipart/form-data with the fields file and model.");
        }

        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= Limits.FormBoundaryCharsMax } boundary
            ? boundary
            : throw Wrong("The Content-Type must name the boundary of the form's parts.");
    }

    private async Task ReadSectionAsync(MultipartSection section, CancellationToken client)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name)
        {
            throw Wrong("A part of the form has no name.");
        }

        if (name == "file")
        {
            var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
            await ReadFileAsync(section, fileName, client);
            return;
        }

        if (++fields > Limits.FormFieldsMax)
        {
            throw Wrong($"The form has more than {Limits.FormFieldsMax} fields.");
        }

        form.Add(name, await ReadTextAsync(section, name, client));
    }

    private async Task ReadFileAsync(MultipartSection section, string? fileName, CancellationToken client)
    {
        if (hasFile)
        {
            throw Wrong("file must be given once.", "file");
        }

        hasFile = true;
        var piece = ArrayPool<byte>.Shared.Rent(Limits.BodyChunkBytes);
        try
        {
            var count = await section.Body.ReadAtLeastAsync(piece, WaveLength.HeadBytes, throwOnEndOfStream: false, client);
            if (count == 0)
            {
                throw Wrong("file is empty.", "file");
            }

            body.Begin(RecordingType.Of(piece.AsSpan(0, count), fileName, section.ContentType) ?? throw Wrong($"file is no recording that is known here: {Formats}.", "file"));
            var head = piece.AsSpan(0, Math.Min(count, WaveLength.HeadBytes)).ToArray();
            long bytes = 0;
            while (count > 0)
            {
                bytes += count;
                body.Append(piece.AsSpan(0, count));
                count = await section.Body.ReadAsync(piece, client);
            }

            Seconds = WaveLength.SecondsOf(head, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task<string> ReadTextAsync(MultipartSection section, string name, CancellationToken client)
    {
        var bytes = new byte[Limits.FormFieldBytesMax + 1];
        var count = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, client);
        return count <= Limits.FormFieldBytesMax
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw Wrong($"{name} is longer than {Limits.FormFieldBytesMax} bytes.", name);
    }
}
