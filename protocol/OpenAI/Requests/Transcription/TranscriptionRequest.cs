namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>audio/transcriptions</c> or <c>audio/translations</c> form, without the recording.</summary>
public sealed class TranscriptionRequest
{
    /// <summary>In the client's own spelling.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the text is wanted in English, whatever is spoken.</summary>
    public bool Translates { get; init; }

    /// <summary>The languages spoken, as ISO 639-1 codes; empty when they are not told.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What came before, or how words are spelled.</summary>
    public string? Prompt { get; init; }

    /// <summary>Words that may occur.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    public double? Temperature { get; init; }

    public TranscriptFormat Format { get; init; }

    /// <summary>Whether the answer is the bare text instead of JSON.</summary>
    public bool AsText => Format is TranscriptFormat.Text;

    /// <summary>Whether the answer says when something is said.</summary>
    public bool WithTimes => Format is TranscriptFormat.VerboseJson or TranscriptFormat.Srt or TranscriptFormat.Vtt;

    public bool Stream { get; init; }
}
