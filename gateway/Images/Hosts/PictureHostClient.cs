using System.Net.Http.Headers;
using System.Text.Json;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Calls to hosts of pictures, all through one named client.</summary>
internal sealed class PictureHostClient(IHttpClientFactory clients)
{
    /// <summary>The name under which the client is configured.</summary>
    public const string Name = "picture-hosts";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>A form of one file, written so that plain parsers read it: names in quotes, the boundary without.</summary>
    public static MultipartFormDataContent Form(string field, Picture picture)
    {
        var boundary = $"----{Path.GetFileNameWithoutExtension(picture.Name)}";
        var file = new ByteArrayContent(picture.Bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(picture.MimeType);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{field}\"", FileName = $"\"{picture.Name}\"" };
        var form = new MultipartFormDataContent(boundary) { file };
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return form;
    }

    /// <summary>Sends a request whose answer is not read.</summary>
    /// <exception cref="PictureHostException">The answer's status is no success.</exception>
    public async Task SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(Name).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Check(response);
    }

    /// <summary>Sends a request that is answered with JSON.</summary>
    /// <exception cref="PictureHostException">The answer's status is no success, or it is no JSON.</exception>
    public async Task<JsonElement> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(Name).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Check(response);
        using var buffer = new PooledBuffer(ImageLimits.HostAnswerBytesMax, ImageLimits.HostAnswerBytesMax);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (!buffer.IsFull && await stream.ReadAsync(buffer.Free(), cancellationToken) is > 0 and var count)
        {
            buffer.Advance(count);
        }

        try
        {
            using var document = JsonDocument.Parse(buffer.Written, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new PictureHostException("its answer is not JSON");
        }
    }

    /// <summary>An address out of a host's answer.</summary>
    /// <exception cref="PictureHostException">It is none that a client could open.</exception>
    public static Uri AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new PictureHostException("its answer names no address");

    private static void Check(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new PictureHostException($"it answers with status {(int)response.StatusCode}");
        }
    }
}
