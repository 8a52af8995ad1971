using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Entries of <c>content</c>. The payload may come before the type.</summary>
internal static class ContentPartReader
{
    public static ContentPart Read(ref WireReader reader)
    {
        if (reader.Token is JsonTokenType.String)
        {
            return new TextPart(reader.String());
        }

        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        string? type = null;
        var fields = new PartFields();
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else
            {
                ReadPayload(ref reader, fields);
            }
        }

        return Build(type ?? fields.ImpliedType, fields, start);
    }

    private static void ReadPayload(ref WireReader reader, PartFields fields)
    {
        if (reader.Is("text"u8) || reader.Is("refusal"u8))
        {
            // One client makes a part of a whole message, with a refusal of null beside its text.
            fields.Text = reader.Text() ?? fields.Text;
        }
        else if (reader.Is("image_url"u8))
        {
            ReadUrl(ref reader, fields);
            fields.ImpliedType ??= "image_url";
        }
        else if (reader.Is("video_url"u8))
        {
            ReadUrl(ref reader, fields);
            fields.ImpliedType ??= "video_url";
        }
        else if (reader.Is("input_video"u8))
        {
            ReadUrl(ref reader, fields);
            fields.ImpliedType ??= "input_video";
        }
        else if (reader.Is("input_audio"u8))
        {
            ReadMembers(ref reader, fields);
            fields.ImpliedType ??= "input_audio";
        }
        else if (reader.Is("file"u8))
        {
            ReadMembers(ref reader, fields);
            fields.ImpliedType ??= "file";
        }
        else
        {
            ReadMember(ref reader, fields);
        }
    }

    private static ContentPart Build(string? type, PartFields fields, long start)
    {
        switch (type)
        {
            case "text" or "input_text" or "output_text" or "refusal":
                return new TextPart(fields.Text ?? throw new WireFormatException("is required.", type is "refusal" ? "refusal" : "text", start));
            case null when fields.Text is not null:
                return new TextPart(fields.Text);
            case "input_image" when fields is { Url: null, FileId: not null }:
                return new FilePart(null, null, fields.FileId, null);
            case "image_url" or "input_image":
                return new ImagePart(fields.Url ?? throw new WireFormatException("is required.", "image_url.url", start), fields.Detail);
            case "input_video" when fields.Url is null:
                return VideoPart.OfData(fields.Data ?? throw new WireFormatException("is required.", "input_video.data", start), fields.Format);
            case "video_url" or "input_video":
                return new VideoPart(fields.Url ?? throw new WireFormatException("is required.", "video_url.url", start));
            case "input_audio":
                return new AudioPart(fields.Data ?? throw new WireFormatException("is required.", "input_audio.data", start), fields.Format);
            case "file" or "input_file" when (fields.FileData ?? fields.FileId ?? fields.FileUrl) is not null:
                return new FilePart(fields.FileData, fields.FileName, fields.FileId, fields.FileUrl);
            case "file" or "input_file":
                throw new WireFormatException("must hold file_data or file_id.", "file", start);
            case "thinking" or "redacted_thinking" or "reasoning" or "reasoning_text" or "summary_text":
                // Thoughts of an earlier answer cannot be replayed without their signature, and text is not what they are.
                return new TextPart(string.Empty);
            default:
                throw new WireFormatException("must be text, image_url, input_audio, file, video_url, input_video or refusal.", "type", start);
        }
    }

    private static void ReadUrl(ref WireReader reader, PartFields fields)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            fields.Url = reader.String();
            return;
        }

        if (reader.AtObject())
        {
            while (reader.NextMember())
            {
                ReadMember(ref reader, fields);
            }
        }
    }

    private static void ReadMembers(ref WireReader reader, PartFields fields)
    {
        if (reader.EnterObject())
        {
            while (reader.NextMember())
            {
                ReadMember(ref reader, fields);
            }
        }
    }

    private static void ReadMember(ref WireReader reader, PartFields fields)
    {
        if (reader.Is("url"u8))
        {
            fields.Url = reader.Text();
        }
        else if (reader.Is("detail"u8))
        {
            fields.Detail = reader.Text();
        }
        else if (reader.Is("data"u8))
        {
            fields.Data = reader.Text();
        }
        else if (reader.Is("format"u8))
        {
            fields.Format = reader.Text();
        }
        else if (reader.Is("file_data"u8))
        {
            fields.FileData = reader.Text();
        }
        else if (reader.Is("filename"u8))
        {
            fields.FileName = reader.Text();
        }
        else if (reader.Is("file_id"u8))
        {
            fields.FileId = reader.Text();
        }
        else if (reader.Is("file_url"u8))
        {
            fields.FileUrl = reader.Text();
        }
        else
        {
            reader.Skip();
        }
    }

    private sealed class PartFields
    {
        public string? ImpliedType { get; set; }

        public string? Text { get; set; }

        public string? Url { get; set; }

        public string? Detail { get; set; }

        public string? Data { get; set; }

        public string? Format { get; set; }

        public string? FileData { get; set; }

        public string? FileName { get; set; }

        public string? FileId { get; set; }

        public string? FileUrl { get; set; }
    }
}
