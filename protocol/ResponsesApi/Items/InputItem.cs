using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>One item of a conversation: as it came, and as it is understood.</summary>
public sealed class InputItem
{
    public required InputItemKind Kind { get; init; }

    /// <summary>The item as it came.</summary>
    public required RawJson Json { get; init; }

    /// <summary>The item's own id, or that of the item it stands for.</summary>
    public string? Id { get; init; }

    /// <summary>Such as <c>message</c>, which may be left out.</summary>
    public string Type { get; init; } = "message";

    internal ChatRole Role { get; init; } = ChatRole.Assistant;

    internal MessageContent Content { get; init; }

    internal ToolCall? Call { get; init; }

    internal string? CallId { get; init; }

    internal IReadOnlyList<ContentPart> Images { get; init; } = [];

    /// <summary>Tools that the conversation has from here on.</summary>
    internal IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>Gemini's thought signature, from wherever the client kept it.</summary>
    internal string? Signature { get; init; }

    internal bool HasId { get; init; }

    internal bool HasType { get; init; }

    /// <summary>Words of the user.</summary>
    public static InputItem OfText(string text) => new()
    {
        Kind = InputItemKind.Message,
        Json = new RawJson("{}"u8.ToArray()),
        Role = ChatRole.User,
        Content = new MessageContent(text, null),
    };

    /// <summary>Writes the item as it is listed and stored: with type and id, and text as a part.</summary>
    /// <param name="id">For an item without one.</param>
    public void WriteTo(Utf8JsonWriter writer, string id)
    {
        if (Kind is InputItemKind.Message && Type is "message" && Content.Text is { } text)
        {
            WriteMessage(writer, Id ?? id, text);
            return;
        }

        var json = Json.Utf8.Span;
        if (HasId && HasType)
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        // In front of the members that are there, so that they stay as they came.
        var head = (HasId ? "" : $"\"id\":\"{id}\",") + (HasType ? "" : $"\"type\":\"{Type}\",");
        var whole = new ArrayBufferWriter<byte>(json.Length + head.Length + 1);
        whole.Write("{"u8);
        whole.Write(System.Text.Encoding.UTF8.GetBytes(head));
        whole.Write(json[1..]);
        writer.WriteRawValue(whole.WrittenSpan, skipInputValidation: true);
    }

    /// <returns>Null for what the model is not told.</returns>
    internal ChatMessage? ToMessage(string? reasoningSignature) => Kind switch
    {
        InputItemKind.Call => new ChatMessage { Role = ChatRole.Assistant, ToolCalls = [Call! with { ThoughtSignature = Signature ?? reasoningSignature }] },
        InputItemKind.Result => new ChatMessage { Role = ChatRole.Tool, ToolCallId = CallId, Content = Content },
        InputItemKind.Message => new ChatMessage
        {
            Role = Role, Content = Content, Images = Images, ThoughtSignature = Role is ChatRole.Assistant ? Signature ?? reasoningSignature : null,
        },
        _ => null,
    };

    private void WriteMessage(Utf8JsonWriter writer, string id, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("status"u8, "completed"u8);
        writer.WriteString("role"u8, Role.ToString().ToLowerInvariant());
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, Role is ChatRole.Assistant ? "output_text"u8 : "input_text"u8);
        writer.WriteString("text"u8, text);
        if (Role is ChatRole.Assistant)
        {
            writer.WriteStartArray("annotations"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
