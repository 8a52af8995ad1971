namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What an answer, or the first events of a stream, hold for the client.</summary>
public enum AnswerContentKind
{
    /// <summary>Nothing so far and no end: usage or a role only. Keep reading; at the end of the stream the same as <see cref="Empty"/>.</summary>
    NothingYet,

    /// <summary>Text, a thought, a call, media or code.</summary>
    Useful,

    /// <summary>Blocked by a filter. Definitive: another key gives the same.</summary>
    Blocked,

    /// <summary>Ended with nothing for a reason that another key would give again, such as too few tokens.</summary>
    Finished,

    /// <summary>Ended with nothing for no good reason: worth another key.</summary>
    Empty,
}
