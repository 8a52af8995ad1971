using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ToolCallTests
{
    [Fact]
    public void Stream_ParallelCallsInOneAndInTwoEvents_CountOneIndexPerChoice()
    {
        var stream = Stream(Event(Call("a") + "," + Call("b")), Event(Call("c")), Event("""{"text":""}""", "STOP"));

        Assert.Equal([0, 1, 2], stream.Calls().Select(call => (int)call["index"]!));
        Assert.Equal(["call_0a1b2c_0", "call_0a1b2c_1", "call_0a1b2c_2"], stream.Calls().Select(call => (string?)call["id"]));
        Assert.Equal(["a", "b", "c"], stream.Calls().Select(call => (string?)call["function"]!["name"]));
        Assert.All(stream.Calls(), call => Assert.Equal("function", (string?)call["type"]));
        Assert.Null(stream.Deltas().First()["content"]);
    }

    [Fact]
    public void Stream_CallsOfTwoChoices_AreCountedApartWithDifferentIds()
    {
        var stream = Stream(Event(Call("a")), Event(Call("b"), index: 1), Event(Call("c"), "STOP"), Event("", "STOP", index: 1));

        Assert.Equal([0, 1], stream.Calls().Select(call => (int)call["index"]!));
        Assert.Equal(0, (int)Assert.Single(stream.Calls(1))["index"]!);
        Assert.Equal(3, stream.Calls().Concat(stream.Calls(1)).Select(call => (string?)call["id"]).Distinct().Count());
        Assert.Equal("tool_calls", stream.Finish());
        Assert.Equal("tool_calls", stream.Finish(1));
    }

    [Fact]
    public void Write_SeveralCalls_HaveIdsButNoIndexAndNoContent()
    {
        var message = Choice(Event(Call("a") + "," + Call("b"), "STOP"))["message"]!;

        Assert.Null(message["content"]);
        Assert.True(message.AsObject().ContainsKey("content"));
        Assert.Equal(["call_0a1b2c_0", "call_0a1b2c_1"], message["tool_calls"]!.AsArray().Select(call => (string?)call!["id"]));
        Assert.All(message["tool_calls"]!.AsArray(), call => Assert.False(call!.AsObject().ContainsKey("index")));
    }

    [Fact]
    public void Write_SameAnswerTwice_GivesTheSameIds()
    {
        var answer = Event(Call("a") + "," + Call("b"), "STOP");

        Assert.Equal(Unary(answer).ToJsonString(), Unary(answer).ToJsonString());
        Assert.Equal(
            Unary(answer)["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Select(call => (string?)call!["id"]),
            Stream(answer).Calls().Select(call => (string?)call["id"]));
    }

    [Fact]
    public void Signatures_OfCalls_AreKeptByIdAndSentAlong()
    {
        const string Parts = """
            {"functionCall":{"name":"a","args":{}},"thoughtSignature":"Sig+/="},{"functionCall":{"name":"b","args":{}}}
            """;
        var unary = new RecordedSignatures();
        var streamed = new RecordedSignatures();

        var calls = Choice(Event(Parts, "STOP"), Context(unary))["message"]!["tool_calls"]!.AsArray();
        var stream = Stream(Context(streamed), Event(Parts), Event("", "STOP"));

        Assert.Equal("Sig+/=", (string?)calls[0]!["extra_content"]!["google"]!["thought_signature"]);
        Assert.Null(calls[1]!["extra_content"]);
        Assert.Equal("Sig+/=", (string?)stream.Calls()[0]["extra_content"]!["google"]!["thought_signature"]);
        Assert.Null(stream.Calls()[1]["extra_content"]);
        Assert.Equal([KeyValuePair.Create("call_0a1b2c_0", "Sig+/=")], unary.Kept);
        Assert.Equal([KeyValuePair.Create("call_0a1b2c_0", "Sig+/=")], streamed.Kept);
    }

    [Fact]
    public void Signature_OfTextParts_IsSentOnceOnTheMessage()
    {
        string[] events = [Event("""{"text":"a","thoughtSignature":"one"}"""), Event("""{"text":"","thoughtSignature":"two"}""", "STOP")];

        var deltas = Stream(events).Deltas().Where(delta => delta["extra_content"] is not null);
        Assert.Equal("two", (string?)Assert.Single(deltas)["extra_content"]!["google"]!["thought_signature"]);
        Assert.Equal("one", (string?)Choice(events[0])["message"]!["extra_content"]!["google"]!["thought_signature"]);
    }

    [Fact]
    public void Signature_OfTextBesideCalls_IsNotOnTheMessage()
    {
        var answer = Event("{\"text\":\"a\",\"thoughtSignature\":\"one\"}," + Call("f"), "STOP");

        Assert.Null(Choice(answer)["message"]!["extra_content"]);
        Assert.DoesNotContain(Stream(answer).Deltas(), delta => delta["extra_content"] is not null);
    }

    [Fact]
    public void ParallelCallsRefused_KeepsTheFirstCallOnly()
    {
        var context = Context() with { AllowsParallelToolCalls = false };

        var stream = Stream(context, Event(Call("a") + "," + Call("b")), Event(Call("c"), "STOP"));
        Assert.Equal("a", (string?)Assert.Single(stream.Calls())["function"]!["name"]);
        Assert.Equal("tool_calls", stream.Finish());

        var calls = Choice(Event(Call("a") + "," + Call("b"), "STOP"), context)["message"]!["tool_calls"]!.AsArray();
        Assert.Equal("a", (string?)Assert.Single(calls)!["function"]!["name"]);
    }

    [Fact]
    public void Names_AreMappedBackToTheClients()
    {
        var context = Context() with { ToolNames = new Dictionary<string, string> { ["my_tool_1f"] = "my tool!" } };
        var answer = Event(Call("my_tool_1f") + "," + Call("other"), "STOP");

        Assert.Equal(["my tool!", "other"], Stream(context, answer).Calls().Select(call => (string?)call["function"]!["name"]));
        Assert.Equal("my tool!", (string?)Choice(answer, context)["message"]!["tool_calls"]![0]!["function"]!["name"]);
        Assert.Equal("my tool!", (string?)Choice(answer, context with { UsesLegacyFunctions = true })["message"]!["function_call"]!["name"]);
    }

    [Theory]
    [InlineData("""{"name":"f"}""", "{}")]
    [InlineData("""{"name":"f","args":null}""", "{}")]
    [InlineData("""{"name":"f","args":{}}""", "{}")]
    [InlineData("{\"name\":\"f\",\"args\":{ \"a\" : [ 1.50, 1e3 ],\r\n\t\"b\" : \"x \\\" y\\\\\" , \"c\":{ } }}", """{"a":[1.50,1e3],"b":"x \" y\\","c":{}}""")]
    [InlineData("""{"name":"f","args":{"big":12345678901234567890.123456789,"e":"\u00e9\ud83d\ude00 世界"}}""",
        """{"big":12345678901234567890.123456789,"e":"\u00e9\ud83d\ude00 世界"}""")]
    public void Arguments_AreNeverEmptyAndKeepWhatTheModelWrote(string call, string expected)
    {
        var part = "{\"functionCall\":" + call + "}";

        var unary = (string?)Choice(Event(part, "STOP"))["message"]!["tool_calls"]![0]!["function"]!["arguments"];
        var streamed = (string?)Assert.Single(Stream(Event(part, "STOP")).Calls())["function"]!["arguments"];

        Assert.Equal(expected, unary);
        Assert.Equal(expected, streamed);
        Assert.IsType<JsonObject>(JsonNode.Parse(unary!));
    }

    [Fact]
    public void StreamedArguments_AreOneCallWhenWhole()
    {
        string[] events =
        [
            Event("""{"functionCall":{"name":"weather","willContinue":true},"thoughtSignature":"S"}"""),
            Event("""{"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"New","willContinue":true}],"willContinue":true}}"""),
            Event("""{"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"York"},{"jsonPath":"$.days","numberValue":3}],"willContinue":true}}"""),
            Event("""{"functionCall":{"partialArgs":[{"jsonPath":"$.a[0].b","boolValue":true},{"jsonPath":"$.a[1]['c d']","nullValue":null}],"willContinue":true}}"""),
            Event("""{"functionCall":{}}"""),
            Event("""{"functionCall":{"name":"last","willContinue":true}}""", "STOP"),
        ];

        var stream = Stream(events);

        Assert.Equal(["weather", "last"], stream.Calls().Select(call => (string?)call["function"]!["name"]));
        Assert.Equal("""{"city":"NewYork","days":3,"a":[{"b":true},{"c d":null}]}""", (string?)stream.Calls()[0]["function"]!["arguments"]);
        Assert.Equal("{}", (string?)stream.Calls()[1]["function"]!["arguments"]);
        Assert.Equal("S", (string?)stream.Calls()[0]["extra_content"]!["google"]!["thought_signature"]);
        Assert.Equal("tool_calls", stream.Finish());
    }

    [Fact]
    public void ArgumentsInPieces_OfOneEvent_AreTheArguments()
    {
        var answer = Event(
            """{"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.a","numberValue":2},{"jsonPath":"$.b","stringValue":"x"}]}}""", "STOP");

        Assert.Equal("""{"a":2,"b":"x"}""", (string?)Assert.Single(Stream(answer).Calls())["function"]!["arguments"]);
        Assert.Equal("""{"a":2,"b":"x"}""", (string?)Choice(answer)["message"]!["tool_calls"]![0]!["function"]!["arguments"]);
    }

    private static string Call(string name) => "{\"functionCall\":{\"name\":\"" + name + "\",\"args\":{\"x\":1}}}";
}
