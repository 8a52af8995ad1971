using System.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GeminiBalance.Gateway.Images;

/// <summary>Reads <c>multipart/form-data</c> part by part as it comes, without files on disk and within bounds.</summary>
internal static class ImageFormReader
{
    public static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is true;

    /// <exception cref="ClientErrorException">It is no form, or one of its bounds is exceeded.</exception>
    public static async Task<ImageForm> ReadAsync(HttpContext context)
    {
        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (boundary is not { Length: > 0 and <= ImageLimits.BoundaryCharsMax })
        {
            throw Invalid("The form's Content-Type names no boundary.");
        }

        var form = new ImageForm();
        var reader = new MultipartReader(boundary, context.Request.Body);
        var parts = 0;
        try
        {
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (++parts > ImageLimits.FormPartsMax)
                {
                    throw Invalid($"The form has more than {ImageLimits.FormPartsMax} parts.");
                }

                await AddAsync(form, section, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested))
        {
            throw Invalid("The form is not valid multipart/form-data, or ends too early.");
        }

        return form;
    }

    private static async Task AddAsync(ImageForm form, MultipartSection section, CancellationToken client)
    {
        if (section.GetContentDispositionHeader() is not { } disposition || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
        {
            throw Invalid("A part of the form has no name.");
        }

        var isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        var bytesMax = isFile ? ImageLimits.UploadedBytesMax : ImageLimits.FormTextBytesMax;
        using var buffer = new PooledBuffer(Limits.BodyChunkBytes, bytesMax + 1);
        while (await section.Body.ReadAsync(buffer.Free(), client) is > 0 and var count)
        {
            buffer.Advance(count);
            if (buffer.Count > bytesMax)
            {
                throw Invalid($"{name} is larger than {bytesMax} bytes.", name);
            }
        }

        if (!isFile)
        {
            form.Texts[name] = Encoding.UTF8.GetString(buffer.Written.Span);
        }
        else
        {
            AddFile(form, name, section.ContentType, buffer.Written.Span);
        }
    }

    private static void AddFile(ImageForm form, string name, string? declared, ReadOnlySpan<byte> bytes)
    {
        var isMask = name == "mask";
        if (!isMask && !name.StartsWith("image", StringComparison.Ordinal))
        {
            throw Invalid($"{name} is no file that this call takes: send pictures as image, image[] or mask.", name);
        }

        if (form.Images.Count == RequestLimits.EditedImagesMax && !isMask)
        {
            throw Invalid($"The form holds more than {RequestLimits.EditedImagesMax} pictures.", "image");
        }

        var content = PictureText.Checked(new MediaContent(MediaTypes.Of(declared, bytes) ?? "", Convert.ToBase64String(bytes)), name);
        if (isMask)
        {
            form.Mask = content;
        }
        else
        {
            form.Images.Add(content);
        }
    }

    private static ClientErrorException Invalid(string message, string? param = null) => new(ClientError.InvalidRequest(message, param));
}
