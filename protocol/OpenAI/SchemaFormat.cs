namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A format whose schema stands beside its type, as in the Responses API and in Anthropic's.</summary>
/// <param name="Start">Where it stands in the body, in bytes, for errors.</param>
internal sealed record SchemaFormat(string? Type, RawJson? Schema, long Start)
{
    /// <returns>Null for null.</returns>
    public static SchemaFormat? Read(ref WireReader reader)
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

        return new SchemaFormat(type, schema, start);
    }
}
