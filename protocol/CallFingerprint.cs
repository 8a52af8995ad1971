using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol;

/// <summary>What a call of a function is known by when its id is not: the function and its arguments, however these are written.</summary>
/// <param name="Text">Characters of base64; the same for the same members in any order, with any spaces, escapes and spelling of numbers.</param>
public readonly record struct CallFingerprint(string Text)
{
    /// <summary>Of a call in an answer, whole.</summary>
    public static CallFingerprint Of(ResponseFunctionCall call) => Of(call.Name ?? "", call.Args);

    /// <param name="function">The name that Gemini knows.</param>
    /// <param name="arguments">An object; nothing counts as an empty one.</param>
    public static CallFingerprint Of(string function, JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(function);
            WriteArguments(json, arguments);
            json.WriteEndArray();
        }

        return new(Convert.ToBase64String(SHA256.HashData(buffer.WrittenSpan)));
    }

    private static void WriteArguments(Utf8JsonWriter json, JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            json.WriteStartObject();
            json.WriteEndObject();
            return;
        }

        Write(json, arguments);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var (name, member) in value.EnumerateObject().Select(member => (Name: NameOf(member), member.Value)).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(TextOf(value));
                break;
            case JsonValueKind.Number:
                // Clients parse and write numbers anew: 1.0 comes back as 1.
                json.WriteRawValue(value.GetDouble().ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    // Half a surrogate pair is no text, and is compared as it is written.
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }
}
