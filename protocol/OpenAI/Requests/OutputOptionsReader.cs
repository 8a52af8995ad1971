using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>audio</c> and <c>image_config</c>.</summary>
internal static class OutputOptionsReader
{
    public static AudioOptions? ReadAudio(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        string? voice = null, format = null;
        while (reader.NextMember())
        {
            if (reader.Is("voice"u8))
            {
                voice = ReadVoice(ref reader);
            }
            else if (reader.Is("format"u8))
            {
                format = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return new AudioOptions(voice, format);
    }

    public static ImageOptions? ReadImage(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        string? aspectRatio = null, imageSize = null;
        while (reader.NextMember())
        {
            if (reader.Is("aspect_ratio"u8) || reader.Is("aspectRatio"u8))
            {
                aspectRatio = reader.Text();
            }
            else if (reader.Is("image_size"u8) || reader.Is("imageSize"u8))
            {
                imageSize = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return new ImageOptions(aspectRatio, imageSize);
    }

    // A voice is a name, or an object with the id of a custom one.
    public static string? ReadVoice(ref WireReader reader)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            return reader.String();
        }

        if (!reader.AtObject())
        {
            return null;
        }

        string? id = null;
        while (reader.NextMember())
        {
            if (reader.Is("id"u8))
            {
                id = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return id;
    }
}
