using System.Text.Json.Nodes;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Agents that lose on the second round what Gemini needs.</summary>
public sealed class BridgeBugTests : KnownBugTest
{
    private const string Tools = """
        "tools":[{"name":"get_weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}]
        """;

    private const string FlatTools = """
        "tools":[{"type":"function","name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]
        """;

    private const string FunctionTools = """
        "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]
        """;

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/responses")]
    public async Task Bug32_AgentThatDropsThoughtsAndRewritesIds_IsSignedAllTheSame(string path)
    {
        var (id, arguments) = await CallAsync(path);

        // What it was given is told by the upstream's view of a client that returns the id.
        var given = await ReturnAsync(path, id, arguments);
        var rewritten = await ReturnAsync(path, "toolu_rewritten_by_the_agent", $" {arguments.Replace(":", ": ", StringComparison.Ordinal)} ");

        Assert.NotEqual("skip_thought_signature_validator", given);
        Assert.Equal(given, rewritten);
    }

    [Fact]
    public async Task Bug32_AgentThatChangesTheArguments_GetsTheStandIn()
    {
        await CallAsync("/v1/messages");

        Assert.Equal("skip_thought_signature_validator", await ReturnAsync("/v1/messages", "toolu_rewritten_by_the_agent", """{"city":"elsewhere"}"""));
    }

    private async Task<(string Id, string Arguments)> CallAsync(string path)
    {
        var answer = await PostForJsonAsync(path, path switch
        {
            "/v1/messages" => $$"""{"model":"gemini-3-flash-preview","max_tokens":999,"messages":[{"role":"user","content":"[[tool]] get_weather"}],{{Tools}}}""",
            "/v1/responses" => $$"""{"model":"gemini-3-flash-preview","store":false,"input":"[[tool]] get_weather",{{FlatTools}}}""",
            _ => $$"""{"model":"gemini-3-flash-preview","messages":[{"role":"user","content":"[[tool]] get_weather"}],{{FunctionTools}}}""",
        });
        return path switch
        {
            "/v1/messages" when answer["content"]!.AsArray().Single(block => (string?)block!["type"] == "tool_use") is { } use => ((string)use["id"]!, use["input"]!.ToJsonString()),
            "/v1/responses" when answer["output"]!.AsArray().Single(item => (string?)item!["type"] == "function_call") is { } call => ((string)call["call_id"]!, (string)call["arguments"]!),
            _ => ((string)answer["choices"]![0]!["message"]!["tool_calls"]![0]!["id"]!, (string)answer["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!["arguments"]!),
        };
    }

    /// <summary>Sends the call back with its result.</summary>
    /// <returns>The signature that the upstream sees at the call.</returns>
    private async Task<string?> ReturnAsync(string path, string id, string arguments)
    {
        var text = JsonValue.Create(arguments).ToJsonString();
        await PostForJsonAsync(path, path switch
        {
            "/v1/messages" => $$$"""
                {"model":"gemini-3-flash-preview","max_tokens":999,{{{Tools}}},"messages":[{"role":"user","content":"[[tool]] get_weather"},
                {"role":"assistant","content":[{"type":"tool_use","id":"{{{id}}}","name":"get_weather","input":{{{arguments}}}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"{{{id}}}","content":"warm"}]}]}
                """,
            "/v1/responses" => $$"""
                {"model":"gemini-3-flash-preview","store":false,{{FlatTools}},"input":[{"role":"user","content":"[[tool]] get_weather"},
                {"type":"function_call","call_id":"{{id}}","name":"get_weather","arguments":{{text}}},{"type":"function_call_output","call_id":"{{id}}","output":"warm"}]}
                """,
            _ => $$$"""
                {"model":"gemini-3-flash-preview",{{{FunctionTools}}},"messages":[{"role":"user","content":"[[tool]] get_weather"},
                {"role":"assistant","tool_calls":[{"id":"{{{id}}}","type":"function","function":{"name":"get_weather","arguments":{{{text}}}}}]},
                {"role":"tool","tool_call_id":"{{{id}}}","content":"warm"}]}
                """,
        });
        var parts = JsonNode.Parse(Upstream.Requests[^1].BodyText)!["contents"]!.AsArray().SelectMany(content => content!["parts"]!.AsArray());
        return (string?)parts.Single(part => part!["functionCall"] is not null)!["thoughtSignature"];
    }
}
