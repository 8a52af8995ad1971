using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>Reads a request for pictures, whichever way it is written, and fetches the pictures it names.</summary>
internal sealed class ImageInputs(RemoteMediaFetcher fetcher)
{
    private const string VariationPrompt =
        "Draw a variation of this picture: the same subject, mood and style, in another composition, as if the same artist had drawn it once more. Add no text.";

    private static readonly string[] Numbers = ["n", "output_compression"];

    /// <exception cref="ClientErrorException">It cannot be read.</exception>
    /// <exception cref="TranslationException">It is no such request.</exception>
    public async Task<ImageInput> ReadAsync(HttpContext context)
    {
        if (!ImageFormReader.IsForm(context.Request))
        {
            using var body = await RequestBody.ReadAsync(context);
            var request = OpenAIRequestReader.ReadImages(body.Written);
            return await FetchAsync(request, [], mask: null, context.RequestAborted);
        }

        var form = await ImageFormReader.ReadAsync(context);
        return await FetchAsync(OpenAIRequestReader.ReadImages(ToJson(form.Texts)), form.Images, form.Mask, context.RequestAborted);
    }

    /// <summary>Reads a request for variations, which has one picture and no prompt.</summary>
    /// <exception cref="ClientErrorException">It cannot be read.</exception>
    /// <exception cref="TranslationException">It is no such request.</exception>
    public async Task<ImageInput> ReadVariationAsync(HttpContext context)
    {
        if (!ImageFormReader.IsForm(context.Request))
        {
            throw new ClientErrorException(ClientError.InvalidRequest("The body must be multipart/form-data with the file image.", "image"));
        }

        var form = await ImageFormReader.ReadAsync(context);
        if (form.Images.Count != 1 || form.Mask is not null)
        {
            throw new ClientErrorException(ClientError.InvalidRequest("Variations are made of one image. To say what is to change, or with several pictures or a mask, use images/edits.", "image"));
        }

        form.Texts["prompt"] = VariationPrompt;
        form.Texts.Remove("stream");
        return await FetchAsync(OpenAIRequestReader.ReadImages(ToJson(form.Texts)), form.Images, mask: null, context.RequestAborted);
    }

    // Forms know no numbers, and number the fields of a list in one of several ways.
    private static ReadOnlyMemory<byte> ToJson(Dictionary<string, string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (name, text) in texts)
        {
            if (Array.IndexOf(Numbers, name) >= 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                writer.WriteNumber(name, number);
            }
            else if (text.Length > 0)
            {
                writer.WriteString(name.StartsWith("image[", StringComparison.Ordinal) ? "image" : name, text);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private async Task<ImageInput> FetchAsync(ImageRequest request, IReadOnlyList<MediaContent> given, MediaContent? mask, CancellationToken client)
    {
        var images = new List<MediaContent>(given);
        long chars = images.Sum(image => (long)image.Base64.Length);
        foreach (var text in request.Images)
        {
            images.Add(await ResolveAsync(text, "image", client));
            chars += images[^1].Base64.Length;

            // Four characters of base64 hold three bytes.
            if (chars / 4 * 3 > Limits.RemoteMediaBytesTotalMax)
            {
                throw new TranslationException($"The pictures are larger than {Limits.RemoteMediaBytesTotalMax} bytes together.", "image");
            }
        }

        mask ??= request.Mask is { } named ? await ResolveAsync(named, "mask", client) : null;
        return new(request, images, mask);
    }

    private async ValueTask<MediaContent> ResolveAsync(string text, string param, CancellationToken client)
    {
        var picture = PictureText.Read(text, param);
        return picture.Content ?? PictureText.Checked(await fetcher.FetchAsync(picture.Remote!, param, client), param);
    }
}
