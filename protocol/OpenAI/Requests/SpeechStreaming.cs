namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>stream_format</c>.</summary>
public enum SpeechStreaming
{
    /// <summary>The whole file at once, with its true length, after other keys were tried where one failed.</summary>
    None = 0,

    /// <summary>The bytes of the file as they are spoken.</summary>
    Audio = 1,

    /// <summary>Events of <c>speech.audio.delta</c>, closed by <c>speech.audio.done</c> with the usage.</summary>
    Events = 2,
}
