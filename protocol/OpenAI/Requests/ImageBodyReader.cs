using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Members of a JSON request for pictures.</summary>
internal static class ImageBodyReader
{
    public static ImageRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        var request = new ImageRequest { Prompt = "" };
        while (reader.NextMember())
        {
            request = ReadMember(ref reader, request);
        }

        return string.IsNullOrWhiteSpace(request.Prompt) ? throw new WireFormatException("is required.", "prompt", start) : request;
    }

    private static ImageRequest ReadMember(ref WireReader reader, ImageRequest request)
    {
        if (reader.Is("prompt"u8))
        {
            return request with { Prompt = reader.Text() ?? "" };
        }

        if (reader.Is("model"u8))
        {
            return request with { Model = reader.Text() };
        }

        if (reader.Is("n"u8))
        {
            return request with { N = reader.Integer() ?? 1 };
        }

        if (reader.Is("response_format"u8))
        {
            return request with { ResponseFormat = reader.Text() };
        }

        if (reader.Is("stream"u8))
        {
            return request with { Stream = reader.Flag() ?? false };
        }

        if (reader.Is("image"u8) || reader.Is("images"u8) || reader.Is("image[]"u8))
        {
            return request with { Images = [.. request.Images, .. ReadImages(ref reader)] };
        }

        return reader.Is("mask"u8) ? request with { Mask = ReadImages(ref reader).FirstOrDefault() } : ReadLook(ref reader, request);
    }

    private static ImageRequest ReadLook(ref WireReader reader, ImageRequest request)
    {
        if (reader.Is("size"u8))
        {
            return request with { Size = reader.Text() };
        }

        if (reader.Is("aspect_ratio"u8) || reader.Is("aspectRatio"u8))
        {
            return request with { AspectRatio = reader.Text() };
        }

        if (reader.Is("image_size"u8) || reader.Is("imageSize"u8))
        {
            return request with { ImageSize = reader.Text() };
        }

        if (reader.Is("quality"u8))
        {
            return request with { Quality = reader.Text() };
        }

        if (reader.Is("output_format"u8))
        {
            return request with { OutputFormat = reader.Text() };
        }

        if (reader.Is("output_compression"u8))
        {
            return request with { OutputCompression = reader.Integer() };
        }

        if (reader.Is("background"u8))
        {
            return request with { Background = reader.Text() };
        }

        reader.Skip();
        return request;
    }

    private static List<string> ReadImages(ref WireReader reader)
    {
        reader.Read();
        return reader.Token switch
        {
            JsonTokenType.Null => [],
            JsonTokenType.StartArray => reader.Items(ReadImage, RequestLimits.EditedImagesMax),
            _ => [ReadImage(ref reader)],
        };
    }

    // A text, {"image_url": text}, or as in a chat {"image_url": {"url": text}}.
    private static string ReadImage(ref WireReader reader)
    {
        if (reader.Token is JsonTokenType.String)
        {
            return reader.String();
        }

        var start = reader.Position;
        string? address = null;
        reader.AtObject();
        while (reader.NextMember())
        {
            if (reader.Is("image_url"u8))
            {
                address = ReadAddress(ref reader);
            }
            else if (reader.Is("url"u8))
            {
                address = reader.Text();
            }
            else if (reader.Is("file_id"u8))
            {
                WireReader.Fail("names a file of OpenAI's store, which is out of reach here; send image_url.", position: start);
            }
            else
            {
                reader.Skip();
            }
        }

        return address is { Length: > 0 } ? address : throw new WireFormatException("must name a picture by image_url.", position: start);
    }

    private static string? ReadAddress(ref WireReader reader)
    {
        reader.Read();
        return reader.Token is JsonTokenType.StartObject ? ReadImage(ref reader) : reader.String();
    }
}
