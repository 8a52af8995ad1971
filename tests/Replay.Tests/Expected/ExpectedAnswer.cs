using System.Text.Json;

namespace GeminiBalance.Replay.Tests.Expected;

/// <summary>What a recorded answer of Gemini says: one body, or all events of a stream.</summary>
internal sealed class ExpectedAnswer
{
    private ExpectedAnswer(IReadOnlyList<JsonElement> events)
    {
        foreach (var item in events)
        {
            var position = 0;
            foreach (var candidate in Json.Items(item, "candidates"))
            {
                ChoiceOf(candidate.TryGetProperty("index", out var index) ? index.GetInt32() : position).Take(candidate);
                position++;
            }

            Usage = item.TryGetProperty("usageMetadata", out var usage) ? usage : Usage;
            IsBlocked |= item.TryGetProperty("promptFeedback", out var feedback) && feedback.TryGetProperty("blockReason", out _);
        }
    }

    public List<ExpectedChoice> Choices { get; } = [];

    /// <summary>The last seen.</summary>
    public JsonElement? Usage { get; }

    public bool IsBlocked { get; }

    /// <summary>Why it is no answer that could be passed on; null when it is one.</summary>
    public string? Fault => IsBlocked ? null
        : Choices.Count == 0 || Choices.Exists(choice => choice.NativeFinish is null) ? "an answer cut off before its finish reason"
        : Choices.TrueForAll(choice => !choice.SaysSomething && choice.Finish == "stop") ? "an answer that says nothing, which is tried with another key"
        : null;

    public static ExpectedAnswer Of(IReadOnlyList<JsonElement> events) => new(events);

    /// <summary>What it holds beside text.</summary>
    public IEnumerable<string> Features() => Choices.SelectMany(choice => choice.Features()).Concat(IsBlocked ? ["blocked prompts"] : []).Distinct(StringComparer.Ordinal);

    private ExpectedChoice ChoiceOf(int index)
    {
        var known = Choices.Find(choice => choice.Index == index);
        if (known is null)
        {
            Choices.Add(known = new ExpectedChoice(index));
        }

        return known;
    }
}
