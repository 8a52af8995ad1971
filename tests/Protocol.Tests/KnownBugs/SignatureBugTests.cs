using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Tests.Anthropic;
using GeminiBalance.Protocol.Tests.Requests;
using GeminiBalance.Protocol.Tests.Responses;
using GeminiBalance.Protocol.Tests.ResponsesApi;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Thought signatures lost between two turns: each dialect gives them to its client, and finds them again.</summary>
public sealed class SignatureBugTests
{
    private const string Model = "gemini-3.5-flash";
    private const string Signed = """{"functionCall":{"name":"f","args":{"x":1}},"thoughtSignature":"c2ln"}""";

    [Fact]
    public void Bug30_TypedClientsThatStripUnknownMembers_StillSendSignedCalls()
    {
        var kept = new RecordedSignatures();
        var call = Answers.Choice(Answers.Event(Signed, "STOP"), Answers.Context(kept))["message"]!["tool_calls"]![0]!.AsObject();
        Assert.Equal("c2ln", (string?)call["extra_content"]!["google"]!["thought_signature"]);

        call.Remove("extra_content");
        var contents = Canonical.Body(
            Canonical.Messages($$"""
                {"role":"user","content":"go"},{"role":"assistant","content":null,"tool_calls":[{{call.ToJsonString()}}]},{"role":"tool","tool_call_id":"{{(string?)call["id"]}}","content":"1"}
                """),
            Model,
            options => options with { Signatures = kept })["contents"]!;

        Assert.Equal("c2ln", (string?)contents[1]!["parts"]![0]!["thoughtSignature"]);
    }

    [Fact]
    public void Bug31_ResponsesItemsSentBack_AreSignedAgain()
    {
        var context = ResponsesBench.About("""{"model":"m","input":"x","include":["reasoning.encrypted_content"]}""");
        var output = ResponsesBench.Whole(Answers.Event("""{"text":"hm","thought":true},""" + Signed, "STOP"), context)["output"]!.AsArray();
        var call = output.Single(item => (string?)item!["type"] == "function_call")!;

        var next = new JsonObject
        {
            ["model"] = Model,
            ["input"] = new JsonArray(
            [
                new JsonObject { ["role"] = "user", ["content"] = "go" },
                .. output.Select(item => item!.DeepClone()),
                new JsonObject { ["type"] = "function_call_output", ["call_id"] = (string?)call["call_id"], ["output"] = "1" },
            ]),
        };
        var parts = ResponsesBench.Sent(next.ToJsonString(), Model)["contents"]!.AsArray().SelectMany(content => content!["parts"]!.AsArray());

        Assert.Equal("c2ln", (string?)parts.Single(part => part!["functionCall"] is not null)!["thoughtSignature"]);
    }

    [Fact]
    public void Bug33_ThinkingBlocksSentBack_SignTheCallAgain()
    {
        var content = Claude.Whole(Answers.Event("""{"text":"hm","thought":true},""" + Signed, "STOP"))["content"]!;
        var use = content.AsArray().Single(block => (string?)block!["type"] == "tool_use")!;

        var contents = Claude.Contents(
            $$"""
            {"role":"user","content":"go"},{"role":"assistant","content":{{content.ToJsonString()}}},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"{{(string?)use["id"]}}","content":"1"}]}
            """,
            Model);

        Assert.Equal("c2ln", (string?)contents[1]!["parts"]!.AsArray().Single(part => part!["functionCall"] is not null)!["thoughtSignature"]);
    }
}
