namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>One request that a real client sent, and what a real server answered.</summary>
/// <param name="Project">The folder of recordings it comes from.</param>
/// <param name="File">The file's name.</param>
/// <param name="Number">Which exchange of the file it is, from one.</param>
/// <param name="Method">The verb.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Request">What was sent; null when the recording has none, or none that can be sent again.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Answer">What was answered; null when the recording has none.</param>
internal sealed record RecordedExchange(
    string Project, string File, int Number, string Method, Uri Address, RecordedBody? Request, int Status, RecordedBody? Answer)
{
    /// <summary>Whether the answer was asked for as a stream of events.</summary>
    public bool IsGeminiStream => Address.AbsolutePath.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    /// <summary>Whether it is a chat in Gemini's terms, on whichever of Google's APIs.</summary>
    public bool IsGeminiChat => IsGeminiStream || Address.AbsolutePath.EndsWith(":generateContent", StringComparison.Ordinal);

    /// <summary>The model that a path of Google's names; empty when it names none.</summary>
    public string Model => Address.AbsolutePath.Split("/models/") is [_, var named] ? named.Split(':')[0] : "";

    public override string ToString() => $"{Project}/{File}#{Number}";
}
