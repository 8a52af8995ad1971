using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Expected;
using GeminiBalance.Replay.Tests.Observed;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Compares what a client of OpenAI's API got with what Gemini said.</summary>
internal static class AnswerComparison
{
    public static void Check(ExpectedAnswer expected, ObservedAnswer observed, string model)
    {
        Assert.Single(observed.Ids);
        Assert.Equal([model], observed.Models);
        if (expected.IsBlocked && expected.Choices.Count == 0)
        {
            var refused = Assert.Single(observed.Choices);
            Assert.Equal("content_filter", refused.Finish);
            Assert.NotNull(refused.Refusal);
        }
        else
        {
            Assert.Equal(expected.Choices.Select(choice => choice.Index).Order(), observed.Choices.Select(choice => choice.Index).Order());
        }

        foreach (var choice in expected.Choices)
        {
            CheckChoice(choice, observed.Choices.Single(other => other.Index == choice.Index));
        }

        if (expected.Usage is { } usage)
        {
            CheckUsage(usage, observed.Usage!);
        }
    }

    private static void CheckChoice(ExpectedChoice expected, ObservedChoice observed)
    {
        Assert.Equal(1, observed.Roles);
        Assert.Equal(1, observed.Finishes);
        Assert.Equal((expected.Finish, expected.NativeFinish), (observed.Finish, observed.NativeFinish));
        Assert.Equal(expected.Thoughts, observed.Reasoning);
        CheckContent(expected, observed.Content);
        Assert.Equal(expected.HasAudio, observed.HasAudio);
        Assert.Equal(expected.Calls.Select(call => call.Name), observed.Calls.Select(call => (string?)call["function"]!["name"]));
        Assert.Equal(observed.Calls.Count, observed.Calls.Select(call => (string?)call["id"]).Distinct(StringComparer.Ordinal).Count());
        foreach (var (call, seen) in expected.Calls.Zip(observed.Calls))
        {
            Assert.True(JsonNode.DeepEquals(call.Arguments, JsonNode.Parse((string)seen["function"]!["arguments"]!)), $"Arguments of {call.Name} differ: {seen}");
            Assert.Equal(call.Signature, (string?)seen["extra_content"]?["google"]?["thought_signature"]);
        }

        if (expected.Calls.Count == 0)
        {
            Assert.Equal(expected.Signature, observed.Signature);
        }

        CheckSources(expected, observed);
        CheckTokens(expected, observed);
    }

    private static void CheckContent(ExpectedChoice expected, string content)
    {
        if (expected.IsTextOnly)
        {
            Assert.Equal(string.Concat(expected.Pieces), content);
            return;
        }

        var from = 0;
        foreach (var piece in expected.Pieces)
        {
            var found = content.IndexOf(piece, from, StringComparison.Ordinal);
            Assert.True(found >= 0, $"The content lacks: {piece[..Math.Min(piece.Length, 200)]}");
            from = found + piece.Length;
        }
    }

    private static void CheckSources(ExpectedChoice expected, ObservedChoice observed)
    {
        var runes = observed.Content.EnumerateRunes().ToList();
        var cited = observed.Annotations.Select(item => item["url_citation"]!)
            .Select(item => ((string)item["url"]!, string.Concat(runes.Take((int)item["end_index"]!).Skip((int)item["start_index"]!)))).ToHashSet();
        Assert.Equal(observed.Annotations.Count, cited.Count);
        foreach (var source in expected.Sources)
        {
            Assert.True(
                source.Quote is null ? cited.Any(item => item.Item1 == source.Address) : cited.Contains((source.Address, source.Quote)),
                $"{source.Address} is not cited for: {source.Quote}");
        }

        Assert.All(cited, item => Assert.Contains(expected.Sources, source => source.Address == item.Item1));
    }

    private static void CheckTokens(ExpectedChoice expected, ObservedChoice observed)
    {
        var tokens = observed.Logprobs?["content"]!.AsArray().Select(item => ((string)item!["token"]!, (double)item["logprob"]!));
        Assert.Equal(expected.Tokens, tokens);
    }

    private static void CheckUsage(JsonElement expected, JsonNode observed)
    {
        var prompt = Json.Number(expected, "promptTokenCount") + Json.Number(expected, "toolUsePromptTokenCount");
        var thoughts = Json.Number(expected, "thoughtsTokenCount");
        var total = Json.Number(expected, "totalTokenCount");
        var completion = expected.TryGetProperty("candidatesTokenCount", out var said) ? said.GetInt64() + thoughts : Math.Max(total - prompt, thoughts);
        Assert.Equal(
            (prompt, completion, prompt + completion, Json.Number(expected, "cachedContentTokenCount"), thoughts),
            ((long)observed["prompt_tokens"]!, (long)observed["completion_tokens"]!, (long)observed["total_tokens"]!,
                (long)observed["prompt_tokens_details"]!["cached_tokens"]!, (long)observed["completion_tokens_details"]!["reasoning_tokens"]!));
    }
}
