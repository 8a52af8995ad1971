using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>
/// Writes the upstream's body while the recording still comes in, so that it is held once and only as it is sent: first
/// <see cref="Begin"/>, then <see cref="Append"/>, at last <see cref="Complete"/>, when all other fields are known.
/// </summary>
/// <param name="output">Gets the body as UTF-8 JSON.</param>
public sealed class TranscriptionBodyWriter(IBufferWriter<byte> output)
{
    private const int GroupBytes = 3;
    private const string NoThoughts = "none";

    private readonly byte[] rest = new byte[GroupBytes];
    private int restBytes;

    /// <param name="mimeType">Of the recording, see <see cref="RecordingType"/>.</param>
    public void Begin(string mimeType) =>
        output.Write(Encoding.UTF8.GetBytes($$$"""{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"{{{JsonEncodedText.Encode(mimeType)}}}","data":""" + "\""));

    /// <summary>Adds bytes of the recording.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (restBytes > 0 && restBytes < GroupBytes && !bytes.IsEmpty)
        {
            rest[restBytes++] = bytes[0];
            bytes = bytes[1..];
        }

        if (restBytes == GroupBytes)
        {
            Encode(rest);
            restBytes = 0;
        }

        var whole = bytes.Length / GroupBytes * GroupBytes;
        if (restBytes == 0)
        {
            Encode(bytes[..whole]);
            bytes = bytes[whole..];
            bytes.CopyTo(rest);
            restBytes = bytes.Length;
        }
    }

    /// <summary>Ends the recording and says what is to be done with it.</summary>
    /// <param name="options">Model and safety settings; media and signatures do not matter.</param>
    public void Complete(TranscriptionRequest request, ChatTranslationOptions options)
    {
        Encode(rest.AsSpan(0, restBytes));
        output.Write("\"}}]}]"u8);
        var task = ChatRequestTranslator.Translate(ToChat(request), options with { IncludeThoughts = false, OffersCodeExecution = false, OffersUrlContext = false }).Request;
        var members = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(members, GeminiRequestContext.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("systemInstruction"u8);
            JsonSerializer.Serialize(writer, task.SystemInstruction!, GeminiRequestContext.Default.GeminiContent);
            if (task.SafetySettings is { } safety)
            {
                writer.WritePropertyName("safetySettings"u8);
                JsonSerializer.Serialize(writer, safety, GeminiRequestContext.Default.ListGeminiSafetySetting);
            }

            if (task.GenerationConfig is { } config)
            {
                writer.WritePropertyName("generationConfig"u8);
                JsonSerializer.Serialize(writer, config, GeminiRequestContext.Default.GenerationConfig);
            }

            writer.WriteEndObject();
        }

        output.Write(","u8);
        output.Write(members.WrittenSpan[1..]);
    }

    private static ChatCompletionRequest ToChat(TranscriptionRequest request) => new()
    {
        Model = request.Model,
        Messages =
        [
            new ChatMessage { Role = ChatRole.System, Content = new MessageContent(TranscriptionText.Of(request), null) },
            new ChatMessage { Role = ChatRole.User },
        ],
        Temperature = request.Temperature,
        ResponseFormat = request.WithTimes ? new ResponseFormat(IsJson: true, TimedSegments.Schema) : null,
        Reasoning = new ReasoningOptions(NoThoughts, null, HideThoughts: true),
    };

    private void Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var base64 = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, base64, out _, out var written);
        output.Advance(written);
    }
}
