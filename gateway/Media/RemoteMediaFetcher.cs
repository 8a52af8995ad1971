using System.Net;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Media;

/// <summary>Fetches the pictures and files that messages name by URL, within bounds and never from this host's own network.</summary>
internal sealed class RemoteMediaFetcher(RemoteMediaOptions options, TimeProvider time) : IDisposable
{
    private const string UnknownType = "application/octet-stream";

    private readonly HttpMessageInvoker connections = MediaConnections.Create(options);

    /// <param name="url">An absolute <c>http</c> or <c>https</c> address.</param>
    /// <param name="param">Where the request names it, such as <c>messages[2].content</c>.</param>
    /// <param name="client">Fires when the client leaves.</param>
    /// <exception cref="TranslationException">It cannot be fetched: a 400 that names the message, never what the host said.</exception>
    public async Task<MediaContent> FetchAsync(Uri url, string param, CancellationToken client)
    {
        using var limit = new CancellationTokenSource(options.TimeOut, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, client);
        try
        {
            return await FollowAsync(url, both.Token);
        }
        catch (RemoteMediaException exception)
        {
            throw Refused(param, exception.Message);
        }
        catch (HttpRequestException exception) when (exception.InnerException is RemoteMediaException inner)
        {
            throw Refused(param, inner.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Refused(param, "its host cannot be reached");
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested)
        {
            throw Refused(param, $"it took longer than {options.TimeOut.TotalSeconds:0} s");
        }
    }

    public void Dispose() => connections.Dispose();

    private static TranslationException Refused(string param, string reason) =>
        new($"The URL in {param} cannot be fetched: {reason}.", param, "invalid_image_url");

    private async Task<MediaContent> FollowAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= Limits.RemoteMediaRedirectsMax; hop++)
        {
            if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            {
                throw new RemoteMediaException("only http and https are fetched");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.TryAddWithoutValidation("User-Agent", "GeminiBalance.Cluster");
            using var response = await connections.SendAsync(request, cancellationToken);
            if (IsRedirect(response.StatusCode) && response.Headers.Location is { } location)
            {
                url = location.IsAbsoluteUri ? location : new Uri(url, location);
                continue;
            }

            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new RemoteMediaException($"its host answers with status {(int)response.StatusCode}");
            }

            return await ReadAsync(response, cancellationToken);
        }

        throw new RemoteMediaException($"it redirects more than {Limits.RemoteMediaRedirectsMax} times");
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<MediaContent> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.BytesMax)
        {
            throw TooLarge();
        }

        using var buffer = new PooledBuffer(Limits.BodyChunkBytes, options.BytesMax + 1);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (!buffer.IsFull)
        {
            var count = await stream.ReadAsync(buffer.Free(), cancellationToken);
            if (count == 0)
            {
                return new MediaContent(
                    MediaTypes.Of(response.Content.Headers.ContentType?.MediaType, buffer.Written.Span) ?? UnknownType,
                    Convert.ToBase64String(buffer.Written.Span));
            }

            buffer.Advance(count);
        }

        throw TooLarge();
    }

    private RemoteMediaException TooLarge() => new($"it is larger than {options.BytesMax} bytes");
}
