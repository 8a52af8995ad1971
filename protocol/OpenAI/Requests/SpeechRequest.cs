namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>audio/speech</c> body. Google's own options are a slice of it: use the request only as long as its bytes are there.</summary>
public sealed record SpeechRequest
{
    public const double SpeedMin = 0.25;
    public const double SpeedMax = 4;

    /// <summary>In the client's own spelling; null when there is none.</summary>
    public string? Model { get; init; }

    /// <summary>What is to be spoken; not blank.</summary>
    public required string Input { get; init; }

    /// <summary>A voice of OpenAI or Gemini; null when there is none.</summary>
    public string? Voice { get; init; }

    /// <summary>How it is to be spoken.</summary>
    public string? Instructions { get; init; }

    public SpeechFormat Format { get; init; } = SpeechFormat.Wav;

    /// <summary>0.25 to 4; 1 is as fast as people usually speak.</summary>
    public double Speed { get; init; } = 1;

    public SpeechStreaming Streaming { get; init; }

    /// <summary><c>extra_body.google</c> or a top-level <c>google</c>, such as a <c>speech_config</c> of several speakers.</summary>
    public RawJson? Google { get; init; }
}
