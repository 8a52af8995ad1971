namespace GeminiBalance.Gateway.Streaming;

/// <summary>What accounting and the commit need to know of an answer or of one event of it.</summary>
internal record struct AnswerFacts
{
    /// <summary>It says something: text, a call, a picture, a refusal, a limit reached.</summary>
    public bool IsUseful { get; set; }

    /// <summary>It gives the reason why the answer ends.</summary>
    public bool IsFinished { get; set; }

    /// <summary>It is an error object.</summary>
    public bool IsError { get; set; }

    /// <summary>It is not the JSON it should be.</summary>
    public bool IsMalformed { get; set; }

    /// <summary>Input tokens, tool results included; null when not told.</summary>
    public long? PromptTokens { get; set; }

    /// <summary>Output tokens, thoughts included; null when not told.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>Adds what a later event of the same answer says. Usage is cumulative: the last one counts.</summary>
    public void Add(in AnswerFacts later)
    {
        IsUseful |= later.IsUseful;
        IsFinished |= later.IsFinished;
        IsError |= later.IsError;
        IsMalformed |= later.IsMalformed;
        PromptTokens = later.PromptTokens ?? PromptTokens;
        OutputTokens = later.OutputTokens ?? OutputTokens;
    }
}
