using System.Runtime.InteropServices;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes calls. Ids are this service's own: Gemini leaves them out before 3.5 and may repeat them in later turns.</summary>
internal static class ToolCallWriter
{
    /// <returns>Unique in the answer, and the same whenever the answer is translated again.</returns>
    public static string IdOf(ChatAnswerContext context, int choice, int call) =>
        choice == 0 ? $"call_{context.AnswerId}_{call}" : $"call_{context.AnswerId}_{choice}_{call}";

    /// <summary>Whether the part calls a tool. A nameless one only continues a call, which this API does not do.</summary>
    public static bool IsCall(ResponsePart part) => part.FunctionCall is { Name.Length: > 0 };

    /// <param name="index">The position among the choice's calls, in streams only.</param>
    public static void Write(Utf8JsonWriter writer, ResponsePart part, string id, int? index, ChatAnswerContext context)
    {
        writer.WriteStartObject();
        if (index is { } position)
        {
            writer.WriteNumber("index"u8, position);
        }

        writer.WriteString("id"u8, id);
        var name = NameOf(part.FunctionCall!, context);
        if (context.CustomTools.Contains(name))
        {
            writer.WriteString("type"u8, "custom"u8);
            WriteCustom(writer, part.FunctionCall!, name);
        }
        else
        {
            writer.WriteString("type"u8, "function"u8);
            writer.WritePropertyName("function"u8);
            WriteFunction(writer, part.FunctionCall!, context);
        }

        if (part.ThoughtSignature is { Length: > 0 } signature)
        {
            context.Signatures.Keep(id, CallFingerprint.Of(part.FunctionCall!), signature);
            WriteSignature(writer, signature);
        }

        writer.WriteEndObject();
    }

    public static void WriteFunction(Utf8JsonWriter writer, ResponseFunctionCall call, ChatAnswerContext context)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, NameOf(call, context));
        writer.WritePropertyName("arguments"u8);
        WriteArguments(writer, call.Args);
        writer.WriteEndObject();
    }

    /// <summary>Google's own extension, by which clients that keep unknown fields send the signature back.</summary>
    public static void WriteSignature(Utf8JsonWriter writer, string signature)
    {
        writer.WriteStartObject("extra_content"u8);
        writer.WriteStartObject("google"u8);
        writer.WriteString("thought_signature"u8, signature);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static string NameOf(ResponseFunctionCall call, ChatAnswerContext context) =>
        context.ToolNames.TryGetValue(call.Name!, out var name) ? name : call.Name!;

    // A tool that takes free text was declared with this one argument.
    public static string CustomInputOf(ResponseFunctionCall call)
    {
        JsonElement input = default;
        if (call.Args.ValueKind == JsonValueKind.Object)
        {
            call.Args.TryGetProperty("input"u8, out input);
        }

        return input.ValueKind == JsonValueKind.String ? input.GetString()! : "";
    }

    private static void WriteCustom(Utf8JsonWriter writer, ResponseFunctionCall call, string name)
    {
        writer.WriteStartObject("custom"u8);
        writer.WriteString("name"u8, name);
        writer.WriteString("input"u8, CustomInputOf(call));
        writer.WriteEndObject();
    }

    public static void WriteArguments(Utf8JsonWriter writer, JsonElement args)
    {
        if (args.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            // Never "": clients parse it.
            writer.WriteStringValue("{}"u8);
            return;
        }

        // Unary answers come pretty-printed; numbers and escapes stay as the model wrote them.
        var json = JsonMarshal.GetRawUtf8Value(args);
        while (!json.IsEmpty)
        {
            var length = LengthWithoutSpace(json);
            writer.WriteStringValueSegment(json[..length], isFinalSegment: false);
            json = json[length..].TrimStart(" \t\r\n"u8);
        }

        writer.WriteStringValueSegment(""u8, isFinalSegment: true);
    }

    private static int LengthWithoutSpace(ReadOnlySpan<byte> json)
    {
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var current = json[i];
            if (inText && current == (byte)'\\')
            {
                i++;
            }
            else if (current == (byte)'"')
            {
                inText = !inText;
            }
            else if (!inText && current is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                return i;
            }
        }

        return json.Length;
    }
}
