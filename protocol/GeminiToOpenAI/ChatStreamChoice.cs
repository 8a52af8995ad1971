using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What must be remembered of one choice until its stream ends.</summary>
internal sealed class ChatStreamChoice(int index)
{
    public int Index { get; } = index;

    public bool SawRole { get; set; }

    /// <summary>Calls seen, whether passed on or not.</summary>
    public int Calls { get; set; }

    public CallAssembly Assembly { get; } = new();

    public int Images { get; set; }

    public bool SawAudio { get; set; }

    /// <summary>Anything but thoughts.</summary>
    public bool SawOutput { get; set; }

    public ContentTail Tail { get; set; }

    public ContentMap Map { get; } = new();

    public SourceList? Sources { get; set; }

    public LogprobsResult? PendingLogprobs { get; set; }

    public string? Signature { get; set; }

    public CandidateFinish? Finish { get; set; }

    public string? FinishMessage { get; set; }

    /// <summary>No finish, or a failure that left nothing: the client must not take it for an answer.</summary>
    public bool IsBroken => Finish is null || (FinishReasons.ClassOf(Finish.Reason) == FinishClass.Failure && !SawOutput);
}
