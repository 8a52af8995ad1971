using System.Collections.Concurrent;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Media;

/// <summary>Fetches all media that one request names, before it is translated.</summary>
internal sealed class RequestMedia(RemoteMediaFetcher fetcher)
{
    private static readonly IReadOnlyDictionary<Uri, MediaContent> None = new Dictionary<Uri, MediaContent>();

    /// <exception cref="TranslationException">One of them cannot be fetched, or they are too large together.</exception>
    public async ValueTask<IReadOnlyDictionary<Uri, MediaContent>> FetchAsync(ChatCompletionRequest request, CancellationToken client)
    {
        var addresses = RemoteMedia.Find(request);
        if (addresses.Count == 0)
        {
            return None;
        }

        var fetched = new ConcurrentDictionary<Uri, MediaContent>();
        long chars = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.RemoteMediaAtOnce, CancellationToken = client };
        await Parallel.ForEachAsync(addresses, options, async (address, cancellationToken) =>
        {
            var param = $"messages[{RemoteMedia.MessageOf(request, address)}].content";
            var media = await fetcher.FetchAsync(address, param, cancellationToken);
            fetched[address] = media;

            // Four characters of base64 hold three bytes.
            if (Interlocked.Add(ref chars, media.Base64.Length) / 4 * 3 > Limits.RemoteMediaBytesTotalMax)
            {
                throw new TranslationException($"The pictures and files named by URL are larger than {Limits.RemoteMediaBytesTotalMax} bytes together.", param);
            }
        });
        return fetched;
    }
}
