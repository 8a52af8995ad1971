namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>reasoning_effort</c> and the spellings of OpenRouter, Anthropic, Qwen and others.</summary>
internal static class ReasoningReader
{
    public static bool Read(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("reasoning_effort"u8))
        {
            draft.Reasoning.Effort = ReadEffort(ref reader);
        }
        else if (reader.Is("reasoning"u8))
        {
            ReadReasoning(ref reader, draft.Reasoning);
        }
        else if (reader.Is("thinking"u8))
        {
            ReadThinking(ref reader, draft.Reasoning);
        }
        else if (reader.Is("enable_thinking"u8))
        {
            draft.Reasoning.Enabled = reader.Flag() ?? draft.Reasoning.Enabled;
        }
        else if (reader.Is("thinking_budget"u8))
        {
            draft.Reasoning.Budget = reader.Integer();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void ReadReasoning(ref WireReader reader, ReasoningDraft draft)
    {
        if (!reader.EnterObjectOrSkip())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.Is("effort"u8))
            {
                draft.NestedEffort = ReadEffort(ref reader);
            }
            else if (reader.Is("max_tokens"u8))
            {
                draft.NestedBudget = reader.Integer();
            }
            else if (reader.Is("enabled"u8))
            {
                draft.Enabled = reader.Flag() ?? draft.Enabled;
            }
            else if (reader.Is("exclude"u8))
            {
                draft.Exclude = reader.Flag() ?? false;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadThinking(ref WireReader reader, ReasoningDraft draft)
    {
        if (!reader.EnterObjectOrSkip())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                draft.Enabled = reader.Text() switch { "disabled" => false, "enabled" => true, _ => draft.Enabled };
            }
            else if (reader.Is("budget_tokens"u8))
            {
                draft.ThinkingTokens = reader.Integer();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    public static string? ReadEffort(ref WireReader reader) => reader.Text()?.ToLowerInvariant() switch
    {
        null or "default" or "auto" => null,
        ("none" or "minimal" or "low" or "medium" or "high" or "xhigh" or "max") and var effort => effort,
        _ => throw new WireFormatException("must be none, minimal, low, medium, high, xhigh or max."),
    };
}
