using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A transcript with times.</summary>
/// <param name="Language">Its English name in lower case.</param>
/// <param name="Seconds">How long the recording is, or, where nobody knows, until when is spoken.</param>
/// <param name="Segments">In order; none when nobody speaks.</param>
public sealed record TimedTranscript(string Language, double Seconds, IReadOnlyList<TimedSegment> Segments)
{
    private const string Unknown = "unknown";

    public string Text => string.Join(' ', Segments.Select(segment => segment.Text));

    /// <summary>Whether the model had to stop before it was done.</summary>
    public static bool IsCut(GenerateContentResponse response) => response.Candidates is [{ FinishReason.Reason: FinishReason.MaxTokens }, ..];

    /// <param name="response">A whole answer in the form that was asked for.</param>
    /// <param name="length">Of the recording in seconds, when it is known.</param>
    /// <returns>Null when it is not of that form, or its times cannot be right.</returns>
    public static TimedTranscript? Read(GenerateContentResponse response, double? length)
    {
        var text = string.Concat(CompletionWriter.TextsOf(response.Candidates?.FirstOrDefault()).Select(piece => Encoding.UTF8.GetString(piece.Span)));
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = RequestLimits.JsonDepthMax });
            return Read(document.RootElement, length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TimedTranscript? Read(JsonElement root, double? length)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("segments"u8, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var told = list.EnumerateArray().Select(item => (TimeOf(item, "start"), TimeOf(item, "end"), TextOf(item))).Where(item => item.Item3.Length > 0).ToList();
        if (SegmentTimes.Order(told, length) is not { } segments)
        {
            return null;
        }

        var language = (Member(root, "language") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "").Trim().ToLowerInvariant();
        return new TimedTranscript(language.Length > 0 ? language : Unknown, length ?? (segments.Count > 0 ? segments[^1].End : 0), segments);
    }

    private static double? TimeOf(JsonElement segment, string name) => SegmentTime.Parse(Member(segment, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    });

    // An empty line would end a subtitle.
    private static string TextOf(JsonElement segment) => Member(segment, "text") is { ValueKind: JsonValueKind.String } text
        ? string.Join('\n', text.GetString()!.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : "";

    private static JsonElement? Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
