using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>The places in which clients carry Gemini's thought signature: <c>extra_content.google</c>, <c>provider_specific_fields</c>, or bare.</summary>
internal static class SignatureReader
{
    /// <summary>Reads the current member, or passes over it.</summary>
    /// <returns>Null when there is no signature in it.</returns>
    public static string? Read(ref WireReader reader)
    {
        if (reader.Is("thought_signature"u8))
        {
            return ReadValue(ref reader);
        }

        if (reader.Is("extra_content"u8) || reader.Is("provider_specific_fields"u8) || reader.Is("google"u8))
        {
            return ReadInside(ref reader);
        }

        reader.Skip();
        return null;
    }

    private static string? ReadInside(ref WireReader reader)
    {
        if (!reader.EnterObjectOrSkip())
        {
            return null;
        }

        string? found = null;
        while (reader.NextMember())
        {
            found = Read(ref reader) ?? found;
        }

        return found;
    }

    private static string? ReadValue(ref WireReader reader)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            return reader.String() is { Length: > 0 } signature ? signature : null;
        }

        reader.Skip();
        return null;
    }
}
