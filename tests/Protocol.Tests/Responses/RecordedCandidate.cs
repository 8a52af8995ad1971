using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>What the model said in one candidate, read from the recording without any of the code under test.</summary>
internal sealed class RecordedCandidate(int index)
{
    private readonly List<string> texts = [];
    private readonly List<string> thoughts = [];
    private readonly List<(string Name, JsonNode Arguments)> calls = [];
    private readonly HashSet<string> quotes = [];
    private bool hasBlocks;
    private bool hasSources;

    public int Index { get; } = index;

    public string? Finish { get; private set; }

    public bool HasAudio { get; private set; }

    public static List<RecordedCandidate> Of(IReadOnlyList<JsonNode> events)
    {
        var result = new List<RecordedCandidate>();
        foreach (var candidate in events.SelectMany(item => item["candidates"]?.AsArray() ?? []).Select(item => item!))
        {
            var index = (int?)candidate["index"] ?? 0;
            var known = result.Find(item => item.Index == index);
            if (known is null)
            {
                result.Add(known = new RecordedCandidate(index));
            }

            known.Take(candidate);
        }

        return result;
    }

    public void Check(
        string source, string? content, string? reasoning, List<(string Name, JsonNode Arguments)> seen, string? finish, JsonArray annotations)
    {
        if (!hasBlocks)
        {
            Assert.True(string.Concat(texts) == (content ?? ""), $"{source}: text differs.");
        }

        var from = 0;
        foreach (var text in texts)
        {
            var found = (content ?? "").IndexOf(text, from, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{source}: text is missing: {text}");
            from = found + text.Length;
        }

        Assert.True(string.Concat(thoughts) == (reasoning ?? ""), $"{source}: thoughts differ.");
        Assert.True(calls.Select(call => call.Name).SequenceEqual(seen.Select(call => call.Name)), $"{source}: calls differ.");
        Assert.True(calls.Zip(seen).All(pair => JsonNode.DeepEquals(pair.First.Arguments, pair.Second.Arguments)), $"{source}: arguments differ.");
        Assert.Equal(Finish, finish);
        CheckAnnotations(source, content ?? "", annotations);
    }

    private void CheckAnnotations(string source, string content, JsonArray annotations)
    {
        var runes = content.EnumerateRunes().ToList();
        var slices = annotations.Select(item => item!["url_citation"]!)
            .Select(item => string.Concat(runes.Take((int)item["end_index"]!).Skip((int)item["start_index"]!))).ToHashSet();
        Assert.True(!hasSources || slices.SetEquals(quotes), $"{source}: annotations differ.");
    }

    private void Take(JsonNode candidate)
    {
        Finish = (string?)candidate["finishReason"] ?? Finish;
        foreach (var part in candidate["content"]?["parts"]?.AsArray() ?? [])
        {
            TakePart(part!);
        }

        var grounding = candidate["groundingMetadata"];
        foreach (var support in grounding?["groundingSupports"]?.AsArray() ?? [])
        {
            var sources = (support!["groundingChunkIndices"]?.AsArray() ?? []).Select(item => grounding!["groundingChunks"]?[(int)item!]);
            if (sources.Any(item => (item?["web"] ?? item?["retrievedContext"] ?? item?["maps"])?["uri"] is not null))
            {
                hasSources = true;
                quotes.Add((string)support["segment"]!["text"]!);
            }
        }
    }

    private void TakePart(JsonNode part)
    {
        var thought = (bool?)part["thought"] ?? false;
        if ((string?)part["text"] is { Length: > 0 } text)
        {
            (thought ? thoughts : texts).Add(text);
        }

        if (part["functionCall"] is { } call)
        {
            TakeCall(call);
        }

        HasAudio |= ((string?)part["inlineData"]?["mimeType"])?.StartsWith("audio/", StringComparison.Ordinal) ?? false;
        hasBlocks |= part["executableCode"] is not null || part["codeExecutionResult"] is not null || part["inlineData"] is not null;
    }

    private void TakeCall(JsonNode call)
    {
        if ((string?)call["name"] is { } name)
        {
            calls.Add((name, call["args"]?.DeepClone() ?? new JsonObject()));
        }

        // The recordings with pieces of arguments have only texts and numbers at the top.
        foreach (var piece in call["partialArgs"]?.AsArray() ?? [])
        {
            var member = ((string)piece!["jsonPath"]!)[2..];
            calls[^1].Arguments[member] = piece["numberValue"]?.DeepClone() ?? (string?)calls[^1].Arguments[member] + (string?)piece["stringValue"];
        }
    }
}
