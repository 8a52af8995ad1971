using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Observed;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What clients of OpenAI's API sent to it, and to others that speak it, is served by Gemini.</summary>
public sealed class OpenAIRequestTests(ReplayRun run, ITestOutputHelper output) : RequestReplay(run, output)
{
    private string path = "";

    private protected override string Face => $"OpenAI {path}";

    private protected override IReadOnlyList<Refusal> Refusals { get; } =
    [
        Refusal.Of("a model's name with a slash, of another provider", "^model$", @"""model"":""[^""]+/"),
        Refusal.Of("a file in OpenAI's store", @"\.file_id$", @"""file_id"""),
        Refusal.Of("token numbers in place of text", @"^(input|prompt)\[", @"""(input|prompt)"":\[\[?\d"),
        Refusal.Of("no message at all", "^messages$", @"""messages"":\[\]"),
        Refusal.Of("less than one dimension", "^dimensions$", @"""dimensions"":-"),
        Refusal.Of("no tokens for an answer", "^max_tokens$", @"""max_tokens"":[0-]"),
        Refusal.Of("sound that needs an encoder", "^response_format$", @"""response_format"":""(mp3|aac|opus)"""),
        Refusal.Of("a transparent background", "^background$", @"""background"":""transparent"""),
    ];

    [RecordedTheory]
    [InlineData("/chat/completions", "openai-dotnet", 82)]
    [InlineData("/chat/completions", "envoy-ai-gateway", 21)]
    [InlineData("/chat/completions", "pydantic-ai", 81)]
    [InlineData("/chat/completions", "agentgateway", 10)]
    [InlineData("/chat/completions", "gomodel", 0)]
    [InlineData("/embeddings", "openai-dotnet", 8)]
    [InlineData("/embeddings", "envoy-ai-gateway", 10)]
    [InlineData("/embeddings", "pydantic-ai", 4)]
    [InlineData("/completions", "envoy-ai-gateway", 9)]
    [InlineData("/images/generations", "openai-dotnet", 5)]
    [InlineData("/images/generations", "envoy-ai-gateway", 1)]
    [InlineData("/audio/speech", "openai-dotnet", 9)]
    public Task Requests_AreServedOrRefusedClearly(string endpoint, string project, int passedMin)
    {
        path = endpoint;
        return RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsCallOf(endpoint)), passedMin);
    }

    private protected override string PathOf(RecordedExchange exchange) => "/v1" + path;

    private protected override void Check(RecordedExchange exchange, bool isStream, string body)
    {
        switch (path)
        {
            case "/chat/completions":
                Assert.All((isStream ? ObservedAnswer.Stream(body) : ObservedAnswer.Whole(body)).Choices, choice => Assert.Equal("stop", choice.Finish));
                break;
            case "/embeddings":
                Assert.NotEmpty(JsonNode.Parse(body)!["data"]!.AsArray());
                break;
            case "/completions":
                Assert.Contains(ValidAnswers.Text, body, StringComparison.Ordinal);
                break;
            case "/images/generations":
                Assert.NotEmpty(JsonNode.Parse(body)!["data"]!.AsArray());
                break;
            default:
                Assert.NotEmpty(body);
                break;
        }
    }
}
