namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>response_format</c>.</summary>
internal static class ResponseFormatReader
{
    public static ResponseFormat? Read(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var start = reader.Position;
        string? type = null;
        RawJson? schema = null, plainSchema = null;
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else if (reader.Is("schema"u8))
            {
                plainSchema = reader.RawObject();
            }
            else if (reader.Is("json_schema"u8))
            {
                schema = ReadSchema(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        switch (type)
        {
            case "text":
                return new ResponseFormat(IsJson: false);
            case "json_object":
                // Together's and Anyscale's form, which Instructor has a mode for.
                return new ResponseFormat(IsJson: true, plainSchema);
            case "json_schema":
                return new ResponseFormat(IsJson: true, schema);
            default:
                throw new WireFormatException("must be text, json_object or json_schema.", "type", start);
        }
    }

    private static RawJson? ReadSchema(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        RawJson? schema = null;
        while (reader.NextMember())
        {
            if (reader.Is("schema"u8))
            {
                schema = reader.RawObject();
            }
            else
            {
                reader.Skip();
            }
        }

        return schema;
    }
}
