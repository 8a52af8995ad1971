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

    private static ResponseFormat? ReadFormat(ref WireReader reader) => SchemaFormat.Read(ref reader) switch
    {
        null => null,
        { Type: "text" } => new ResponseFormat(IsJson: false),
        { Type: "json_object" } => new ResponseFormat(IsJson: true),
        { Type: "json_schema" } format => new ResponseFormat(IsJson: true, format.Schema ?? throw new WireFormatException("is required.", "schema", format.Start)),
        { Start: var start } => throw new WireFormatException("must be text, json_object or json_schema.", "type", start),
    };
}
