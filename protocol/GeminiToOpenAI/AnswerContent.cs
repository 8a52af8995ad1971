using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Decides whether an answer is one.</summary>
public static class AnswerContent
{
    /// <param name="response">A whole answer or one event of a stream.</param>
    public static AnswerContentKind Classify(GenerateContentResponse response)
    {
        var kind = AnswerContentKind.NothingYet;
        foreach (var candidate in response.Candidates ?? [])
        {
            if (HoldsSomething(candidate))
            {
                return AnswerContentKind.Useful;
            }

            if (candidate?.FinishReason is { } finish)
            {
                kind = Stronger(kind, KindOf(finish.Reason));
            }
        }

        return response.PromptFeedback?.BlockReason is not null ? AnswerContentKind.Blocked : kind;
    }

    private static bool HoldsSomething(Candidate? candidate)
    {
        foreach (var part in candidate?.Content?.Parts ?? [])
        {
            if (part is not null && (!part.Text.IsEmpty || ContentWriter.IsContent(part) || part.FunctionCall?.Name is { Length: > 0 } || AudioWriter.IsAudio(part)))
            {
                return true;
            }
        }

        return false;
    }

    // A refusal of one candidate says more than the silence of another.
    private static AnswerContentKind Stronger(AnswerContentKind one, AnswerContentKind other) =>
        Rank(one) >= Rank(other) ? one : other;

    private static int Rank(AnswerContentKind kind) => kind switch
    {
        AnswerContentKind.NothingYet => 0,
        AnswerContentKind.Empty => 1,
        AnswerContentKind.Finished => 2,
        _ => 3,
    };

    private static AnswerContentKind KindOf(FinishReason reason) => FinishReasons.ClassOf(reason) switch
    {
        FinishClass.ContentFilter => AnswerContentKind.Blocked,
        FinishClass.Length => AnswerContentKind.Finished,
        FinishClass.Stop when reason == FinishReason.NoImage => AnswerContentKind.Finished,
        _ => AnswerContentKind.Empty,
    };
}
