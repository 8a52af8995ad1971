using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary><c>text.format</c>, where name and schema stand beside the type.</summary>
internal static class ResponsesTextReader
{
    /// <returns>False for null.</returns>
    public static bool Read(ref WireReader reader, ChatDraft draft)
    {
        if (!reader.EnterObject())
        {
            return false;
        }

        while (reader.NextMember())
        {
            if (reader.Is("format"u8))
            {
                draft.ResponseFormat = ReadFormat(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return true;
    }

    private static ResponseFormat? ReadFormat(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var start = reader.Position;
        string? type = null;
        RawJson? schema = null;
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else if (reader.Is("schema"u8))
            {
                schema = reader.RawObject();
            }
            else
            {
                reader.Skip();
            }
        }

        return type switch
        {
            "text" => new ResponseFormat(IsJson: false),
            "json_object" => new ResponseFormat(IsJson: true),
            "json_schema" => new ResponseFormat(IsJson: true, schema ?? throw new WireFormatException("is required.", "schema", start)),
            _ => throw new WireFormatException("must be text, json_object or json_schema.", "type", start),
        };
    }
}
