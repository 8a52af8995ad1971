using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Pictures, sound, video and files to <c>inlineData</c> or <c>fileData</c>.</summary>
internal sealed class MediaTranslator(IReadOnlyDictionary<Uri, MediaContent> fetched, ModelTraits model)
{
    public GeminiPart Translate(ContentPart part, WirePath path) => part switch
    {
        ImagePart image => FromAddress(image.Url, "image_url.url", Resolution(image.Detail), path),
        VideoPart video => FromAddress(video.Url, video.Member, null, path),
        AudioPart audio => FromAudio(audio, path),
        FilePart file => FromFile(file, path),
        _ => throw new InvalidOperationException($"{part.GetType().Name} is not media."),
    };

    private GeminiPart FromAddress(string address, string member, PartMediaResolution? resolution, WirePath path)
    {
        if (DataUri.IsDataUri(address))
        {
            var data = DataUri.Parse(address) ?? throw path.Error(member, "is not a readable data URI; expected data:image/png;base64,…");
            return Inline(data.MimeType, data.Base64, member, resolution, path);
        }

        if (MediaAddress.Upstream(address) is { } upstream)
        {
            return new GeminiPart { FileData = new GeminiFileData(upstream, MediaAddress.IsVideoSite(upstream) ? "video/mp4" : null), MediaResolution = resolution };
        }

        if (MediaAddress.Remote(address) is { } remote)
        {
            return FromRemote(remote, member, resolution, path);
        }

        return Base64Text.Normalize(address.AsMemory()) is { } bare && Base64Text.TypeOf(bare.Span) is { } type
            ? Inline(type, bare, member, resolution, path)
            : throw path.Error(member, "must be a data URI or an http(s) address.");
    }

    private GeminiPart FromRemote(Uri remote, string member, PartMediaResolution? resolution, WirePath path) =>
        fetched.TryGetValue(remote, out var content)
            ? Inline(MimeTypes.Normalize(content.MimeType), content.Base64.AsMemory(), member, resolution, path)
            : throw path.Error(member, "could not be fetched.");

    private GeminiPart FromFile(FilePart file, WirePath path)
    {
        if (RemoteMedia.Of(file) is { } remote)
        {
            return FromRemote(remote, "file", null, path);
        }

        if (file.Data is { } data)
        {
            return FromFileData(data, file.FileName, path);
        }

        return MediaAddress.Upstream((file.FileId ?? file.Url)!) is { } upstream
            ? new GeminiPart { FileData = new GeminiFileData(upstream, MimeTypes.OfFile(file.FileName)) }
            : throw path.Error("file.file_id", "must be a file of the Gemini Files API (files/…); files of OpenAI's store are out of reach here.");
    }

    private static GeminiPart FromFileData(string data, string? fileName, WirePath path)
    {
        const string Member = "file.file_data";
        if (DataUri.IsDataUri(data))
        {
            var uri = DataUri.Parse(data) ?? throw path.Error(Member, "is not a readable data URI.");
            var type = MimeTypes.IsSupported(uri.MimeType) ? uri.MimeType : MimeTypes.OfFile(fileName) ?? uri.MimeType;
            return Inline(type, uri.Base64, Member, null, path);
        }

        var bare = Base64Text.Normalize(data.AsMemory()) ?? throw path.Error(Member, "must be base64 or a data URI.");
        return Inline(MimeTypes.OfFile(fileName) ?? string.Empty, bare, Member, null, path);
    }

    private static GeminiPart FromAudio(AudioPart audio, WirePath path)
    {
        const string Member = "input_audio.data";
        if (DataUri.IsDataUri(audio.Data))
        {
            var uri = DataUri.Parse(audio.Data) ?? throw path.Error(Member, "is not a readable data URI.");
            var type = uri.MimeType.StartsWith("audio/", StringComparison.Ordinal) ? uri.MimeType : MimeTypes.OfAudio(audio.Format);
            return new GeminiPart { InlineData = new GeminiBlob(type, uri.Base64) };
        }

        var data = Base64Text.Normalize(audio.Data.AsMemory()) ?? throw path.Error(Member, "must be base64.");
        return new GeminiPart { InlineData = new GeminiBlob(MimeTypes.OfAudio(audio.Format), data) };
    }

    private static GeminiPart Inline(string type, ReadOnlyMemory<char> data, string member, PartMediaResolution? resolution, WirePath path)
    {
        if (!MimeTypes.IsSupported(type) && Base64Text.TypeOf(data.Span) is { } sniffed)
        {
            type = sniffed;
        }

        return MimeTypes.IsSupported(type)
            ? new GeminiPart { InlineData = new GeminiBlob(type, data), MediaResolution = resolution }
            : throw path.Error(
                member,
                $"is of type '{(type.Length == 0 ? "unknown" : type)}'; Gemini reads PNG, JPEG, WebP, HEIC, HEIF, PDF, text, audio and video.",
                "unsupported_media_type");
    }

    private PartMediaResolution? Resolution(string? detail) => model.IsGeneration3 ? detail switch
    {
        "low" => new PartMediaResolution("MEDIA_RESOLUTION_LOW"),
        "high" => new PartMediaResolution("MEDIA_RESOLUTION_HIGH"),
        _ => null,
    } : null;
}
