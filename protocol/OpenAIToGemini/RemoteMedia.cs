using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Addresses in a request that must be fetched before translation.</summary>
public static class RemoteMedia
{
    /// <returns>Each address once, in order. Not those the upstream reads itself: YouTube, its own files, Cloud Storage.</returns>
    /// <exception cref="TranslationException">More of them than one request may have.</exception>
    public static IReadOnlyList<Uri> Find(ChatCompletionRequest request)
    {
        List<Uri>? found = null;
        foreach (var message in request.Messages)
        {
            Collect(message.Content.Parts, ref found);
            Collect(message.Images, ref found);
        }

        return found ?? [];
    }

    /// <returns>The addresses of pictures in the text of earlier answers, the latest that count, each once. They may be fetched; without, they stay text.</returns>
    public static IReadOnlyList<Uri> FindDrawn(ChatCompletionRequest request)
    {
        var latest = new List<Uri>();
        foreach (var message in request.Messages)
        {
            if (message is { Role: ChatRole.Assistant, Content.Text: { } text })
            {
                MarkdownImages.FindAddresses(text, latest, RequestLimits.DrawnImagesMax);
            }
        }

        return latest;
    }

    /// <returns>The index of the first message that names the address; -1 when none does.</returns>
    public static int MessageOf(ChatCompletionRequest request, Uri address)
    {
        for (var i = 0; i < request.Messages.Count; i++)
        {
            if (Names(request.Messages[i].Content.Parts, address) || Names(request.Messages[i].Images, address))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The address of a part's media, if it is one to fetch.</summary>
    internal static Uri? Of(ContentPart part) => part switch
    {
        ImagePart image => MediaAddress.Remote(image.Url),
        VideoPart video => MediaAddress.Remote(video.Url),
        FilePart file => MediaAddress.Remote(file.Data ?? file.Url ?? file.FileId),
        _ => null,
    };

    private static bool Names(IReadOnlyList<ContentPart>? parts, Uri address)
    {
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            if (Of(parts![i]) == address)
            {
                return true;
            }
        }

        return false;
    }

    private static void Collect(IReadOnlyList<ContentPart>? parts, ref List<Uri>? found)
    {
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            if (Of(parts![i]) is not { } uri || (found?.Contains(uri) ?? false))
            {
                continue;
            }

            found ??= [];
            if (found.Count == RequestLimits.RemoteMediaMax)
            {
                throw new TranslationException($"messages name more than {RequestLimits.RemoteMediaMax} pictures or files by URL.", "messages");
            }

            found.Add(uri);
        }
    }
}
