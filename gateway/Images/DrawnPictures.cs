using GeminiBalance.Gateway.Images.Hosts;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>
/// Brings pictures of earlier answers back to a model that draws: it has to see what it is to change. One that cannot be had stays an address
/// in a text, since nobody asked for it by this request.
/// </summary>
internal sealed class DrawnPictures(RemoteMediaFetcher fetcher, LocalPictures own)
{
    /// <param name="given">What the request itself names, fetched.</param>
    /// <param name="request">The chat.</param>
    /// <param name="settings">The settings of the request.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async Task<IReadOnlyDictionary<Uri, MediaContent>> AddAsync(
        IReadOnlyDictionary<Uri, MediaContent> given, ChatCompletionRequest request, GatewaySettings settings, CancellationToken client)
    {
        var addresses = RemoteMedia.FindDrawn(request).Where(address => !given.ContainsKey(address)).ToList();
        if (addresses.Count == 0)
        {
            return given;
        }

        var found = await Task.WhenAll(addresses.Select(address => FindAsync(address, settings, client)));
        var all = new Dictionary<Uri, MediaContent>(given);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is { } picture)
            {
                all[addresses[i]] = picture;
            }
        }

        return all;
    }

    private async Task<MediaContent?> FindAsync(Uri address, GatewaySettings settings, CancellationToken client)
    {
        try
        {
            if (LocalPicturesEndpoint.NameOf(address) is { } name && own.Find(name, settings) is { } path)
            {
                return new MediaContent(PictureTypes.OfFile(name)!, Convert.ToBase64String(await File.ReadAllBytesAsync(path, client)));
            }

            return PictureText.Checked(await fetcher.FetchAsync(address, "messages", client), "messages");
        }
        catch (Exception exception) when (exception is TranslationException or IOException)
        {
            return null;
        }
    }
}
