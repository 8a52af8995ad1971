using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What clients of Anthropic's API sent to it is served by Gemini.</summary>
public sealed class AnthropicRequestTests(ReplayRun run, ITestOutputHelper output) : RequestReplay(run, output)
{
    private string path = "";

    private protected override string Face => $"Anthropic {path}";

    private protected override IReadOnlyList<Refusal> Refusals { get; } =
    [
        Refusal.Of("a tool that Anthropic runs", @"^tools\[\d+\]\.type$", @"""type"":""(advisor|memory)_"),
        Refusal.Of("MCP servers that Anthropic calls", "^mcp_servers$", @"""mcp_servers"":"),
    ];

    [RecordedTheory]
    [InlineData("/messages", "pydantic-ai", 119)]
    [InlineData("/messages/count_tokens", "pydantic-ai", 8)]
    [InlineData("/messages", "gomodel", 0)]
    public Task Requests_AreServedOrRefusedClearly(string endpoint, string project, int passedMin)
    {
        path = endpoint;
        return RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsCallOf(endpoint)), passedMin);
    }

    // Its errors have no member for it, but begin with the parameter's name.
    private protected override string ParamOf(JsonNode error) => ((string)error["message"]!).Split(' ')[0];

    private protected override string PathOf(RecordedExchange exchange) => "/v1" + path;

    private protected override void Check(RecordedExchange exchange, bool isStream, string body)
    {
        if (path == "/messages/count_tokens")
        {
            Assert.Equal(7, (int)JsonNode.Parse(body)!["input_tokens"]!);
            return;
        }

        Assert.Contains(ValidAnswers.Text, body, StringComparison.Ordinal);
        Assert.Contains("\"stop_reason\":\"end_turn\"", body, StringComparison.Ordinal);
        Assert.Equal(isStream, body.Contains("event: message_stop", StringComparison.Ordinal));
    }
}
