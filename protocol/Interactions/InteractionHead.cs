using System.Text.Json;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>What must be known of a request for an interaction to send it: everything else passes unread.</summary>
public sealed record InteractionHead
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>As the client spells it; null when an agent is asked.</summary>
    public string? Model { get; private init; }

    public string? Agent { get; private init; }

    public string? PreviousId { get; private init; }

    public bool IsStream { get; private init; }

    /// <summary>Whether the answer comes at once, and what it is about is done later.</summary>
    public bool IsBackground { get; private init; }

    /// <summary>Whether the upstream keeps the interaction, as it does unless told otherwise.</summary>
    public bool IsStored { get; private init; } = true;

    /// <exception cref="TranslationException">It is no JSON object, or says neither model nor agent.</exception>
    public static InteractionHead Read(ReadOnlySpan<byte> utf8)
    {
        InteractionHead head;
        try
        {
            head = Walk(utf8);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new TranslationException("The request body is not valid JSON.");
        }

        return head.Model is null && head.Agent is null
            ? throw new TranslationException("An interaction needs a 'model', such as \"gemini-2.5-flash\", or an 'agent'.", "model")
            : head;
    }

    private static InteractionHead Walk(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var head = new InteractionHead();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            head = head.With(ref reader);
        }

        return reader.Read() ? throw new JsonException() : head;
    }

    private InteractionHead With(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("model"u8) ? this with { Model = Text(ref reader) }
        : reader.ValueTextEquals("agent"u8) ? this with { Agent = Text(ref reader) }
        : reader.ValueTextEquals("previous_interaction_id"u8) ? this with { PreviousId = Text(ref reader) }
        : reader.ValueTextEquals("stream"u8) ? this with { IsStream = Pass(ref reader) is JsonTokenType.True }
        : reader.ValueTextEquals("background"u8) ? this with { IsBackground = Pass(ref reader) is JsonTokenType.True }
        : reader.ValueTextEquals("store"u8) ? this with { IsStored = Pass(ref reader) is not JsonTokenType.False }
        : Skip(ref reader);

    private InteractionHead Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return this;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text?.Length > 0 ? text : null;
    }

    private static JsonTokenType Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        var token = reader.TokenType;
        reader.Skip();
        return token;
    }
}
