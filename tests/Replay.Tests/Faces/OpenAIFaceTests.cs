using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Expected;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Observed;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What Gemini answered reaches clients of OpenAI's API whole, and the calls it made go back to it as they were.</summary>
public sealed class OpenAIFaceTests(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private static readonly RecordedBody Thanks = new(
        """{"candidates":[{"content":{"parts":[{"text":"Thanks."}],"role":"model"},"finishReason":"STOP"}]}"""u8.ToArray(), RecordedBody.Json);

    private protected override string Face => "OpenAI chat, answers";

    [RecordedTheory]
    [InlineData("js-genai", 122)]
    [InlineData("dotnet-genai", 43)]
    [InlineData("pydantic-ai", 290)]
    [InlineData("agentgateway", 12)]
    public Task GeminiAnswers_LoseNothing(string project, int passedMin) =>
        RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsGeminiChat), passedMin);

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) =>
        exchange.Answer is null ? "recorded without the answer's body"
        : exchange.Status != 200 ? null
        : ExpectedAnswer.Of(exchange.Answer.Events()).Fault;

    private protected override IEnumerable<string> FeaturesOf(RecordedExchange exchange) =>
        exchange.Status == 200 ? ExpectedAnswer.Of(exchange.Answer!.Events()).Features() : ["errors"];

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        Gateway.Upstream.Play(exchange.Status, exchange.Answer!);
        var isStream = exchange.IsGeminiStream;
        var question = new JsonObject { ["role"] = "user", ["content"] = "Say it again." };
        var (status, body) = await Gateway.PostAsync("/v1/chat/completions", new JsonObject
        {
            ["model"] = exchange.Model,
            ["messages"] = new JsonArray(question),
            ["stream"] = isStream,
            ["stream_options"] = isStream ? new JsonObject { ["include_usage"] = true } : null,
        });

        Assert.Equal(exchange.Status, status);
        if (status != 200)
        {
            Assert.NotEmpty((string)JsonNode.Parse(body)!["error"]!["message"]!);
            return;
        }

        var expected = ExpectedAnswer.Of(exchange.Answer!.Events());
        var observed = isStream ? ObservedAnswer.Stream(body) : ObservedAnswer.Whole(body);
        AnswerComparison.Check(expected, observed, exchange.Model);
        foreach (var (choice, seen) in expected.Choices.Zip(observed.Choices).Where(pair => pair.First.Calls.Count > 0))
        {
            await SendCallsBackAsync(exchange.Model, choice, seen, keepsUnknownMembers: true);
            await SendCallsBackAsync(exchange.Model, choice, seen, keepsUnknownMembers: false);
        }
    }

    /// <summary>The next turn, by a client that echoes all it was given, or only what OpenAI's API knows.</summary>
    private async Task SendCallsBackAsync(string model, ExpectedChoice expected, ObservedChoice observed, bool keepsUnknownMembers)
    {
        var calls = observed.Calls.Select(call => call.DeepClone().AsObject()).ToList();
        calls.ForEach(call => _ = call.Remove("index") | (!keepsUnknownMembers && call.Remove("extra_content")));
        Gateway.Upstream.Play(200, Thanks);
        var (status, body) = await Gateway.PostAsync("/v1/chat/completions", new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray(
            [
                new JsonObject { ["role"] = "user", ["content"] = "Say it again." },
                new JsonObject { ["role"] = "assistant", ["content"] = observed.Content.Length == 0 ? null : observed.Content, ["tool_calls"] = new JsonArray([.. calls]) },
                .. calls.Select(call => new JsonObject { ["role"] = "tool", ["tool_call_id"] = (string?)call["id"], ["content"] = "done" }),
            ]),
        });

        Assert.True(status == 200, body);
        var sent = JsonNode.Parse(Encoding.UTF8.GetString(Assert.Single(Gateway.Upstream.Received).Body))!["contents"]!.AsArray();
        var parts = sent.Single(content => content!["parts"]!.AsArray().Any(part => part!["functionCall"] is not null))!["parts"]!.AsArray()
            .Where(part => part!["functionCall"] is not null).Select(part => part!).ToList();
        Assert.Equal(expected.Calls.Select(call => call.Name), parts.Select(part => (string?)part["functionCall"]!["name"]));
        foreach (var (call, part) in expected.Calls.Zip(parts))
        {
            Assert.True(JsonNode.DeepEquals(call.Arguments, part["functionCall"]!["args"] ?? new JsonObject()), $"Arguments of {call.Name} went back as {part}");
            Assert.True(call.Signature is null || call.Signature == (string?)part["thoughtSignature"], $"The signature of {call.Name} went back as {part["thoughtSignature"]}");
        }
    }
}
