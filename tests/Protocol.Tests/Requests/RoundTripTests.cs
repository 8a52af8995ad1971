using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Tests.Responses;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>An answer, given to a client and sent back by it in the next request, is what Gemini said.</summary>
public sealed class RoundTripTests
{
    private const string Tools = """[{"type":"function","function":{"name":"get weather"}},{"type":"function","function":{"name":"ping"}}]""";

    private const string Parts = """
        {"text":"I look."},
        {"functionCall":{"id":"x1","name":"get_weather","args":{"city":"Zürich","n":1.50}},"thoughtSignature":"U0lHTkFUVVJF"},
        {"functionCall":{"id":"x2","name":"ping","args":{}}}
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CallsOfAnAnswer_ComeBackWithNamesArgumentsAndSignature(bool clientKeepsExtensions)
    {
        var first = Translate($$"""{"model":"m","messages":[{"role":"user","content":"go"}],"tools":{{Tools}}}""", "gemini-3.5-flash");
        var memory = new RecordedSignatures();
        var message = Answers.Choice(Answers.Event(Parts, "STOP"), Answers.Context(memory) with { ToolNames = first.ToolNames })["message"]!.AsObject();
        if (!clientKeepsExtensions)
        {
            Strip(message);
        }

        var results = message["tool_calls"]!.AsArray().Select(call => $$"""{"role":"tool","tool_call_id":"{{call!["id"]}}","content":"ok"}""");
        var contents = Body(
            $$"""{"model":"m","messages":[{"role":"user","content":"go"},{{message.ToJsonString()}},{{string.Join(',', results)}}],"tools":{{Tools}}}""",
            "gemini-3.5-flash",
            options => options with { Signatures = memory })["contents"]!;
        var ids = contents[1]!["parts"]!.AsArray().Skip(1).Select(part => (string?)part!["functionCall"]!["id"]).ToArray();

        Assert.Equal(2, ids.Distinct().Count());
        Equal(
            $$$$"""
            [{"text":"I look."},
            {"functionCall":{"id":"{{{{ids[0]}}}}","name":"get_weather","args":{"city":"Zürich","n":1.50}},"thoughtSignature":"U0lHTkFUVVJF"},
            {"functionCall":{"id":"{{{{ids[1]}}}}","name":"ping","args":{}}}]
            """,
            contents[1]!["parts"]);
        Assert.Equal(ids, contents[2]!["parts"]!.AsArray().Select(part => (string?)part!["functionResponse"]!["id"]));
    }

    // What typed clients keep of a message.
    private static void Strip(JsonObject message)
    {
        foreach (var name in message.Select(member => member.Key).Where(name => name is not ("role" or "content" or "tool_calls")).ToArray())
        {
            message.Remove(name);
        }

        foreach (var call in message["tool_calls"]!.AsArray())
        {
            call!.AsObject().Remove("extra_content");
        }
    }
}
