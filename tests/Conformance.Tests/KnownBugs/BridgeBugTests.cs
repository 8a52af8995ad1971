using System.Text.Json.Nodes;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Agents that speak Anthropic's dialect to Gemini, and lose on the second round what Gemini needs.</summary>
public sealed class BridgeBugTests : KnownBugTest
{
    private const string Tools = """
        "tools":[{"name":"get_weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}]
        """;

    [Theory]
    [InlineData(null, false)]
    [InlineData("toolu_rewritten_by_the_agent", true)]
    public async Task Bug32_AgentThatDropsThoughtsAndRewritesIds_IsSignedAllTheSame(string? id, bool isStandIn)
    {
        var answer = await PostForJsonAsync("/v1/messages", $$"""
            {"model":"gemini-3-flash-preview","max_tokens":999,"messages":[{"role":"user","content":"[[tool]] get_weather"}],{{Tools}}}
            """);
        var use = answer["content"]!.AsArray().Single(block => (string?)block!["type"] == "tool_use")!;
        var named = id ?? (string)use["id"]!;

        await PostForJsonAsync("/v1/messages", $$$"""
            {"model":"gemini-3-flash-preview","max_tokens":999,{{{Tools}}},"messages":[{"role":"user","content":"[[tool]] get_weather"},
            {"role":"assistant","content":[{"type":"tool_use","id":"{{{named}}}","name":"get_weather","input":{{{use["input"]!.ToJsonString()}}}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"{{{named}}}","content":"warm"}]}]}
            """);

        var parts = JsonNode.Parse(Upstream.Requests[^1].BodyText)!["contents"]!.AsArray().SelectMany(content => content!["parts"]!.AsArray());
        var signature = (string?)parts.Single(part => part!["functionCall"] is not null)!["thoughtSignature"];

        // By the id the true one is found. Without it there is the one that Google documents for this, which is never refused.
        Assert.Equal(isStandIn, signature == "skip_thought_signature_validator");
        Assert.NotNull(signature);
    }
}
