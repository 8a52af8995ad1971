using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What clients sent to OpenAI's Responses API is served by Gemini.</summary>
public sealed class ResponsesRequestTests(ReplayRun run, ITestOutputHelper output) : RequestReplay(run, output)
{
    private protected override string Face => "OpenAI /responses";

    private protected override IReadOnlyList<Refusal> Refusals { get; } =
    [
        Refusal.Of("a tool that OpenAI runs", @"^tools\[\d+\]\.type$", @"""type"":""(mcp|file_search|apply_patch|image_generation)"""),
        Refusal.Of("what a tool of OpenAI's left in the conversation", @"^input\[\d+\]\.type$", @"""type"":""(compaction|apply_patch_call_output|mcp_approval_response|mcp_call)"""),
        Refusal.Of("a stream of a background answer", "^stream$", @"""background"":true"),
        Refusal.Of("a conversation kept by OpenAI", "^conversation$", @"""conversation"":"),
        Refusal.Of("a prompt kept by OpenAI", "^prompt$", @"""prompt"":"),
        Refusal.Of("a container of OpenAI's", @"^tools\[\d+\]\.container", @"""container"":"),
        Refusal.Of("a file in OpenAI's store", @"\.file_id$", @"""file_id"""),
        Refusal.Of("an answer that was made before the recording", "^previous_response_id$", @"""previous_response_id"""),
    ];

    [RecordedTheory]
    [InlineData("openai-dotnet", 64)]
    [InlineData("pydantic-ai", 98)]
    [InlineData("agentgateway", 5)]
    [InlineData("gomodel", 0)]
    public Task Requests_AreServedOrRefusedClearly(string project, int passedMin) =>
        RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsCallOf("/responses")), passedMin);

    private protected override string PathOf(RecordedExchange exchange) => "/v1/responses";

    private protected override void Check(RecordedExchange exchange, bool isStream, string body)
    {
        Assert.Contains(ValidAnswers.Text, body, StringComparison.Ordinal);
        if (isStream)
        {
            Assert.Contains("event: response.completed", body, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("completed", (string?)JsonNode.Parse(body)!["status"]);
    }
}
