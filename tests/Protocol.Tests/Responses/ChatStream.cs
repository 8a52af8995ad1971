using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>What a client reads from a stream, put together the way the OpenAI SDKs do.</summary>
internal sealed record ChatStream(bool Completed, List<JsonNode> Chunks, bool Done)
{
    /// <summary>All chunks' single choices.</summary>
    public IEnumerable<JsonNode> Choices => Chunks.SelectMany(chunk => chunk["choices"]!.AsArray()).Select(choice => choice!);

    public IEnumerable<JsonNode> Deltas(int choice = 0) => Choices.Where(item => (int)item["index"]! == choice).Select(item => item["delta"]!);

    public string Text(string member = "content", int choice = 0) =>
        string.Concat(Deltas(choice).Select(delta => (string?)delta[member]));

    public List<JsonNode> Calls(int choice = 0) =>
        [.. Deltas(choice).SelectMany(delta => delta["tool_calls"]?.AsArray() ?? []).Select(call => call!)];

    public List<string> Finishes(int choice = 0) =>
        [.. Choices.Where(item => (int)item["index"]! == choice).Select(item => (string?)item["finish_reason"]).OfType<string>()];

    public string Finish(int choice = 0) => Assert.Single(Finishes(choice));

    /// <summary>The data of every event, as the framework's own parser reads it.</summary>
    public static List<string> Events(ReadOnlySpan<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        return [.. SseParser.Create(stream, (_, data) => Encoding.UTF8.GetString(data)).Enumerate().Select(item => item.Data)];
    }

    public static ChatStream Parse(ReadOnlySpan<byte> bytes, bool completed)
    {
        var events = Events(bytes);
        var done = events.Remove("[DONE]");
        return new ChatStream(completed, [.. events.Select(item => JsonNode.Parse(item)!)], done);
    }
}
