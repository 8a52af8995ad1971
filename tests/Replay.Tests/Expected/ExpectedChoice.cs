using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Expected;

/// <summary>What the model said in one candidate, read member by member from the recording, without any type of the product.</summary>
internal sealed class ExpectedChoice(int index)
{
    private static readonly string[] Filters =
    [
        "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER",
    ];

    public int Index { get; } = index;

    /// <summary>Text, code, its output and pictures, in the order in which the content must hold them.</summary>
    public List<string> Pieces { get; } = [];

    /// <summary>Whether the content is text alone, and so nothing but the pieces.</summary>
    public bool IsTextOnly { get; private set; } = true;

    public string Thoughts { get; private set; } = "";

    public List<ExpectedCall> Calls { get; } = [];

    public List<ExpectedSource> Sources { get; } = [];

    /// <summary>Tokens with their probabilities; null when the recording has none.</summary>
    public List<(string Token, double Probability)>? Tokens { get; private set; }

    public bool HasAudio { get; private set; }

    /// <summary>The last signature of a part that is no call.</summary>
    public string? Signature { get; private set; }

    public string? NativeFinish { get; private set; }

    public bool SaysSomething => Pieces.Count + Calls.Count > 0 || Thoughts.Length > 0 || HasAudio;

    /// <summary>By the table of finish reasons that the product promises.</summary>
    public string Finish => NativeFinish switch
    {
        "MAX_TOKENS" => "length",
        { } filter when Filters.Contains(filter) => "content_filter",
        "STOP" when Calls.Count > 0 => "tool_calls",
        _ => "stop",
    };

    public IEnumerable<string> Features() =>
        new (bool Is, string Name)[]
        {
            (Thoughts.Length > 0, "thoughts"), (Calls.Count == 1, "calls"), (Calls.Count > 1, "parallel calls"), (Calls.Exists(call => call.Signature is not null), "signed calls"),
            (Signature is not null, "signed texts"), (Sources.Count > 0, "sources"), (Tokens is not null, "logprobs"), (HasAudio, "audio"),
            (!IsTextOnly, "code or pictures"), (Index > 0, "several candidates"), (Finish is "length" or "content_filter", "early ends"),
        }.Where(feature => feature.Is).Select(feature => feature.Name);

    public void Take(JsonElement candidate)
    {
        NativeFinish = candidate.TryGetProperty("finishReason", out var finish) ? finish.GetString() : NativeFinish;
        foreach (var part in Json.Items(candidate, "content", "parts"))
        {
            TakePart(part);
        }

        foreach (var support in Json.Items(candidate, "groundingMetadata", "groundingSupports"))
        {
            TakeSupport(support, candidate.GetProperty("groundingMetadata"));
        }

        foreach (var citation in Json.Items(candidate, "citationMetadata", "citationSources").Concat(Json.Items(candidate, "citationMetadata", "citations")))
        {
            if (Json.Text(citation, "uri") is { } address)
            {
                Sources.Add(new ExpectedSource(address, null));
            }
        }

        if (candidate.TryGetProperty("logprobsResult", out _))
        {
            Tokens = [.. Json.Items(candidate, "logprobsResult", "chosenCandidates").Select(token => (Json.Text(token, "token") ?? "", token.GetProperty("logProbability").GetDouble()))];
        }
    }

    private void TakePart(JsonElement part)
    {
        var isThought = part.TryGetProperty("thought", out var thought) && thought.GetBoolean();
        var signature = Json.Text(part, "thoughtSignature");
        if (part.TryGetProperty("functionCall", out var call))
        {
            TakeCall(call, signature);
            return;
        }

        Signature = signature ?? Signature;
        var text = Json.Text(part, "text") ?? "";
        if (isThought)
        {
            Thoughts += text;
        }
        else if (text.Length > 0)
        {
            Pieces.Add(text);
        }
        else
        {
            TakeBlock(part);
        }
    }

    private void TakeBlock(JsonElement part)
    {
        if (part.TryGetProperty("inlineData", out var blob))
        {
            var type = Json.Text(blob, "mimeType")!;
            HasAudio |= type.StartsWith("audio/", StringComparison.Ordinal);
            AddBlock(HasAudio ? null : $"data:{type};base64,{Json.Text(blob, "data")}");
        }

        AddBlock(part.TryGetProperty("executableCode", out var code) ? Json.Text(code, "code") : null);
        AddBlock(part.TryGetProperty("codeExecutionResult", out var result) ? Json.Text(result, "output") : null);
    }

    private void AddBlock(string? piece)
    {
        if (piece is { Length: > 0 })
        {
            IsTextOnly = false;
            Pieces.Add(piece);
        }
    }

    private void TakeCall(JsonElement call, string? signature)
    {
        if (Json.Text(call, "name") is { Length: > 0 } name)
        {
            Calls.Add(new ExpectedCall(name, call.TryGetProperty("args", out var args) ? JsonNode.Parse(args.GetRawText())! : new JsonObject(), signature));
        }

        // The recordings with pieces of arguments have only texts and numbers at the top.
        foreach (var piece in Json.Items(call, "partialArgs"))
        {
            var arguments = Calls[^1].Arguments;
            var member = Json.Text(piece, "jsonPath")![2..];
            arguments[member] = piece.TryGetProperty("numberValue", out var number)
                ? JsonNode.Parse(number.GetRawText())
                : (string?)arguments[member] + Json.Text(piece, "stringValue");
        }
    }

    private void TakeSupport(JsonElement support, JsonElement grounding)
    {
        var chunks = Json.Items(grounding, "groundingChunks").ToList();
        foreach (var position in Json.Items(support, "groundingChunkIndices").Select(item => item.GetInt32()).Where(position => position < chunks.Count))
        {
            var source = chunks[position].EnumerateObject().FirstOrDefault(member => member.Value.ValueKind == JsonValueKind.Object).Value;
            if (source.ValueKind == JsonValueKind.Object && Json.Text(source, "uri") is { } address)
            {
                Sources.Add(new ExpectedSource(address, Json.Text(support.GetProperty("segment"), "text")));
            }
        }
    }
}
