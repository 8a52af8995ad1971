using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBalance.Protocol.Models;

/// <summary>Requests may repeat the model of their path; the upstream refuses one that differs.</summary>
internal static class NativeModelName
{
    private const string Prefix = "models/";

    /// <summary>Whether the member may hold the model's name, itself or further down.</summary>
    public static bool MayHold(string member) => member is "model" or "generateContentRequest" or "requests";

    /// <summary>Writes a value with the model's own name in place of the one it was called by.</summary>
    public static void Write(IBufferWriter<byte> output, JsonElement value, ModelRequest model)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                WriteName(output, value, model);
                break;
            case JsonValueKind.Array:
                WriteItems(output, value, model);
                break;
            case JsonValueKind.Object:
                var writer = new RawObjectWriter(output);
                foreach (var member in value.EnumerateObject())
                {
                    if (NativeName.Of(member) is "model")
                    {
                        writer.Name("model"u8);
                        Write(output, member.Value, model);
                    }
                    else
                    {
                        writer.Copy(member);
                    }
                }

                writer.End();
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static void WriteItems(IBufferWriter<byte> output, JsonElement list, ModelRequest model)
    {
        var separator = "["u8;
        foreach (var item in list.EnumerateArray())
        {
            output.Write(separator);
            Write(output, item, model);
            separator = ","u8;
        }

        output.Write(separator is [(byte)'['] ? "[]"u8 : "]"u8);
    }

    private static void WriteName(IBufferWriter<byte> output, JsonElement value, ModelRequest model)
    {
        var text = value.GetString()!;
        var prefix = text.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix : "";
        if (text.AsSpan(prefix.Length).SequenceEqual(model.Name))
        {
            output.Write("\""u8);
            output.Write(JsonEncodedText.Encode(prefix + model.Model, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            output.Write("\""u8);
        }
        else
        {
            output.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }
}
