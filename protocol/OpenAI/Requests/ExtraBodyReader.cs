namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>extra_body</c>: Python's SDK puts its members at the top level, other clients send it as it is called.</summary>
internal static class ExtraBodyReader
{
    /// <returns>Its <c>google</c>; null when there is none.</returns>
    public static RawJson? ReadGoogle(ref WireReader reader)
    {
        RawJson? google = null;
        if (!reader.EnterObjectOrSkip())
        {
            return google;
        }

        while (reader.NextMember())
        {
            if (reader.Is("google"u8))
            {
                google = reader.RawObject() ?? google;
            }
            else
            {
                reader.Skip();
            }
        }

        return google;
    }
}
