namespace GeminiBalance.Protocol.OpenAI;

/// <summary>What has been read so far of a request for completions.</summary>
internal sealed class CompletionDraft
{
    // For these clients max_tokens bounds what they see; thoughts would be taken from it and have no place in the answer.
    private const string NoThoughts = "none";

    /// <summary>What chats know too.</summary>
    public ChatDraft Chat { get; } = new();

    public List<string>? Prompts { get; set; }

    public string? Suffix { get; set; }

    public bool Echo { get; set; }

    public int? Logprobs { get; set; }

    public int? BestOf { get; set; }

    /// <param name="start">Byte at which the body starts.</param>
    public CompletionRequest Finish(long start)
    {
        Check(start);
        Chat.Logprobs = Logprobs is not null;
        Chat.TopLogprobs = Logprobs;
        var isTold = Chat.Reasoning.Finish() is not null;
        Chat.Reasoning.Effort = isTold ? Chat.Reasoning.Effort : NoThoughts;
        return new CompletionRequest
        {
            Model = Chat.Model!,
            Prompts = Prompts!,
            Echo = Echo,
            Chats = [.. Prompts!.Select(ToChat)],
        };
    }

    private ChatCompletionRequest ToChat(string prompt)
    {
        Chat.Messages = CompletionPrompt.ToMessages(prompt, Suffix);
        return Chat.Finish();
    }

    private void Check(long start)
    {
        if (string.IsNullOrWhiteSpace(Chat.Model))
        {
            WireReader.Fail("is required.", "model", start);
        }

        if (Prompts is not { Count: > 0 })
        {
            WireReader.Fail("must be a text, or an array of at least one.", "prompt", start);
        }

        if (Prompts!.Count * Chat.N > RequestLimits.ChoicesMax)
        {
            WireReader.Fail($"asks, with n, for more than {RequestLimits.ChoicesMax} choices.", "prompt", start);
        }

        if (Chat.MaxTokens < 1)
        {
            WireReader.Fail("must be above 0: Gemini rates no text that it did not write.", "max_tokens", start);
        }

        if (BestOf > Chat.N)
        {
            WireReader.Fail("must not be above n: all choices are given, none is picked.", "best_of", start);
        }

        if (Echo && (Logprobs is not null || Suffix is not null))
        {
            WireReader.Fail("cannot be had with logprobs, which Gemini does not give for prompts, nor with suffix.", "echo", start);
        }
    }
}
