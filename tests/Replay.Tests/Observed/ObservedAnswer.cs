using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Observed;

/// <summary>An answer of OpenAI's chat API as a client sees it.</summary>
internal sealed class ObservedAnswer
{
    private const string Data = "data: ";

    private ObservedAnswer(IEnumerable<JsonNode> chunks)
    {
        foreach (var chunk in chunks)
        {
            Ids.Add((string)chunk["id"]!);
            Models.Add((string)chunk["model"]!);
            Usage = chunk["usage"] ?? Usage;
            foreach (var choice in chunk["choices"]!.AsArray())
            {
                ChoiceOf((int)choice!["index"]!).Take(choice);
            }
        }
    }

    public HashSet<string> Ids { get; } = [];

    public HashSet<string> Models { get; } = [];

    public List<ObservedChoice> Choices { get; } = [];

    public JsonNode? Usage { get; }

    public static ObservedAnswer Whole(string body) => new([JsonNode.Parse(body)!]);

    /// <summary>Reads a stream that must end as one.</summary>
    public static ObservedAnswer Stream(string body)
    {
        var lines = body.Split('\n').Where(line => line.StartsWith(Data, StringComparison.Ordinal)).Select(line => line[Data.Length..]).ToList();
        Assert.True(lines.Count > 0 && lines[^1] == "[DONE]", $"The stream does not end with [DONE] but with {lines.LastOrDefault()}");
        return new(lines[..^1].Select(line => JsonNode.Parse(line)!));
    }

    private ObservedChoice ChoiceOf(int index)
    {
        var known = Choices.Find(choice => choice.Index == index);
        if (known is null)
        {
            Choices.Add(known = new ObservedChoice(index));
        }

        return known;
    }
}
