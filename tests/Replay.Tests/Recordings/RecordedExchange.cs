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

    /// <summary>Whether it went to a project of Vertex AI.</summary>
    public bool IsVertex => Address.AbsolutePath.Contains("/projects/", StringComparison.Ordinal);

    /// <summary>Whether it went to one of Google's APIs in Google's terms.</summary>
    public bool IsGoogles => Address.Host.EndsWith("googleapis.com", StringComparison.Ordinal)
        && !Address.Host.StartsWith("oauth2", StringComparison.Ordinal) && !Address.AbsolutePath.Contains("/openai/", StringComparison.Ordinal);

    /// <summary>The model that a path of Google's names; empty when it names none.</summary>
    public string Model => Address.AbsolutePath.Split("/models/") is [_, var named] ? named.Split(':')[0] : "";

    /// <summary>Whether it is a call of an endpoint of another API than Google's.</summary>
    public bool IsCallOf(string path) => Method == "POST" && Address.AbsolutePath.EndsWith(path, StringComparison.Ordinal) && !Address.Host.EndsWith("googleapis.com", StringComparison.Ordinal)
        && (path != "/completions" || !Address.AbsolutePath.EndsWith("/chat/completions", StringComparison.Ordinal));

    public override string ToString() => $"{Project}/{File}#{Number}";
}
