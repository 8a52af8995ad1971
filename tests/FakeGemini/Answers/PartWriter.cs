using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Writes one part of a content.</summary>
internal static class PartWriter
{
    public static void Write(Utf8JsonWriter writer, AnswerPart part)
    {
        writer.WriteStartObject();
        if (part.Text is not null)
        {
            writer.WriteString("text", part.Text);
        }

        if (part.IsThought)
        {
            writer.WriteBoolean("thought", true);
        }

        if (part.CallName is not null)
        {
            writer.WriteStartObject("functionCall");
            writer.WriteString("name", part.CallName);
            writer.WritePropertyName("args");
            part.CallArguments!(writer);
            WriteId(writer, part);
            writer.WriteEndObject();
        }

        if (part.InlineBytes is not null)
        {
            writer.WriteStartObject("inlineData");
            writer.WriteString("mimeType", part.InlineMimeType);
            writer.WriteBase64String("data", part.InlineBytes);
            writer.WriteEndObject();
        }

        if (part.Code is not null)
        {
            writer.WriteStartObject("executableCode");
            writer.WriteString("language", "PYTHON");
            writer.WriteString("code", part.Code);
            WriteId(writer, part);
            writer.WriteEndObject();
        }

        if (part.CodeOutput is not null)
        {
            writer.WriteStartObject("codeExecutionResult");
            writer.WriteString("outcome", "OUTCOME_OK");
            writer.WriteString("output", part.CodeOutput);
            writer.WriteEndObject();
        }

        if (part.Signature is not null)
        {
            writer.WriteString("thoughtSignature", part.Signature);
        }

        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, AnswerPart part)
    {
        if (part.CallId is not null)
        {
            writer.WriteString("id", part.CallId);
        }
    }
}
