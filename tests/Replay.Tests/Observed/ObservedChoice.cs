using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Observed;

/// <summary>One choice as a client of OpenAI's API puts it together.</summary>
internal sealed class ObservedChoice(int index)
{
    public int Index { get; } = index;

    public string Content { get; private set; } = "";

    public string Reasoning { get; private set; } = "";

    public List<JsonObject> Calls { get; } = [];

    public List<JsonNode> Annotations { get; } = [];

    public JsonNode? Logprobs { get; private set; }

    public string? Refusal { get; private set; }

    public string? Finish { get; private set; }

    public string? NativeFinish { get; private set; }

    public string? Signature { get; private set; }

    public bool HasAudio { get; private set; }

    public int Roles { get; private set; }

    public int Finishes { get; private set; }

    /// <param name="choice">A choice of a whole answer or of a chunk.</param>
    public void Take(JsonNode choice)
    {
        var message = choice["message"] ?? choice["delta"]!;
        Content += (string?)message["content"];
        Reasoning += (string?)message["reasoning_content"];
        Refusal = (string?)message["refusal"] ?? Refusal;
        Signature = (string?)message["extra_content"]?["google"]?["thought_signature"] ?? Signature;
        HasAudio |= message["audio"] is not null;
        Roles += message["role"] is null ? 0 : 1;
        Logprobs = choice["logprobs"] ?? Logprobs;
        Annotations.AddRange((message["annotations"]?.AsArray() ?? []).Select(item => item!));
        foreach (var call in message["tool_calls"]?.AsArray() ?? [])
        {
            TakeCall(call!.AsObject());
        }

        if ((string?)choice["finish_reason"] is { } finish)
        {
            Finish = finish;
            NativeFinish = (string?)choice["native_finish_reason"];
            Finishes++;
        }
    }

    // A client puts the pieces of a call together by their index.
    private void TakeCall(JsonObject call)
    {
        var position = (int?)call["index"] ?? Calls.Count;
        if (position == Calls.Count)
        {
            Calls.Add(call.DeepClone().AsObject());
            return;
        }

        var function = Calls[position]["function"]!.AsObject();
        function["arguments"] = (string?)function["arguments"] + (string?)call["function"]?["arguments"];
    }
}
