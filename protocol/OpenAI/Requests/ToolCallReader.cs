using System.Text;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Calls in an assistant's message.</summary>
internal static class ToolCallReader
{
    public static ToolCall Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        string? id = null, outerSignature = null;
        var isCustom = false;
        var call = new CallFields();
        while (reader.NextMember())
        {
            if (reader.Is("id"u8))
            {
                id = reader.Text();
            }
            else if (reader.Is("function"u8))
            {
                ReadCall(ref reader, call);
            }
            else if (reader.Is("custom"u8))
            {
                isCustom = true;
                ReadCall(ref reader, call);
            }
            else
            {
                outerSignature = SignatureReader.Read(ref reader) ?? outerSignature;
            }
        }

        var name = Checked(call.Name, start, isCustom ? "custom.name" : "function.name");
        return new ToolCall(id ?? string.Empty, name, call.Arguments ?? string.Empty, isCustom, outerSignature ?? call.Signature);
    }

    /// <summary>The old <c>function_call</c>, whose object the reader is in.</summary>
    public static ToolCall ReadLegacy(ref WireReader reader)
    {
        var start = reader.Position;
        var call = new CallFields();
        ReadMembers(ref reader, call);
        return new ToolCall(string.Empty, Checked(call.Name, start, "name"), call.Arguments ?? string.Empty, IsCustom: false, call.Signature);
    }

    private static void ReadCall(ref WireReader reader, CallFields call)
    {
        if (reader.EnterObject())
        {
            ReadMembers(ref reader, call);
        }
    }

    private static void ReadMembers(ref WireReader reader, CallFields call)
    {
        while (reader.NextMember())
        {
            if (reader.Is("name"u8))
            {
                call.Name = reader.Text();
            }
            else if (reader.Is("arguments"u8) || reader.Is("input"u8))
            {
                call.Arguments = ReadArguments(ref reader);
            }
            else
            {
                call.Signature = SignatureReader.Read(ref reader) ?? call.Signature;
            }
        }
    }

    // Some clients send the object itself instead of its text.
    public static string? ReadArguments(ref WireReader reader)
    {
        var value = reader.Raw();
        return reader.Token is JsonTokenType.String ? reader.String() : value is { } raw ? Encoding.UTF8.GetString(raw.Utf8.Span) : null;
    }

    private static string Checked(string? name, long start, string member)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > RequestLimits.ToolNameCharsMax)
        {
            WireReader.Fail($"must be a name of 1 to {RequestLimits.ToolNameCharsMax} characters.", member, start);
        }

        return name;
    }

    private sealed class CallFields
    {
        public string? Name { get; set; }

        public string? Arguments { get; set; }

        public string? Signature { get; set; }
    }
}
