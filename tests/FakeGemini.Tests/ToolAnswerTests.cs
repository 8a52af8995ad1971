using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class ToolAnswerTests : FakeTest
{
    internal const string Tools = "\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\",\"minimum\":3}},\"required\":[\"city\"]}},{\"name\":\"get_time\"}]}]";

    [Fact]
    public async Task FunctionCall_Generation3_StopsInAnEventOfItsOwn()
    {
        var events = Events(await StreamAsync("what is the weather?", more: Tools));

        Assert.Equal(2, events.Count);
        var call = Part(events[0]);
        Assert.Equal(("get_weather", 8), ((string?)call["functionCall"]!["name"], ((string)call["functionCall"]!["id"]!).Length));
        Assert.Equal("""{"city":"sample city","days":3}""", call["functionCall"]!["args"]!.ToJsonString());
        Assert.NotEmpty(Convert.FromBase64String((string)call["thoughtSignature"]!));
        Assert.Null(events[0]["candidates"]![0]!["finishReason"]);
        Assert.Equal(("", "STOP"), ((string?)Part(events[1])["text"], (string?)events[1]["candidates"]![0]!["finishReason"]));
    }

    [Fact]
    public async Task FunctionCall_Generation2_StopsAtOnceAndHasNoId()
    {
        var one = Assert.Single(Events(await StreamAsync("what is the weather?", "gemini-2.5-flash", Tools)));

        Assert.Equal("STOP", (string?)one["candidates"]![0]!["finishReason"]);
        Assert.Null(Part(one)["functionCall"]!["id"]);
    }

    [Fact]
    public async Task FunctionCall_RoundTripOverTwoSteps_EndsWithTheResults()
    {
        var contents = new JsonArray(Content("user", new JsonObject { ["text"] = "[[tool 2]] [[args {\"city\":\"Zürich\"}]] weather" }));
        for (var step = 0; step < 2; step++)
        {
            var turn = (await AskAsync(Request(contents))).Body["candidates"]![0]!["content"]!;
            var call = turn["parts"]![0]!["functionCall"]!;
            Assert.Equal("Zürich", (string?)call["args"]!["city"]);
            contents.Add(turn.DeepClone());
            contents.Add(Content("user", new JsonObject { ["functionResponse"] = new JsonObject { ["id"] = (string?)call["id"], ["name"] = "get_weather", ["response"] = new JsonObject { ["degrees"] = 20 + step } } }));
        }

        var last = (await AskAsync(Request(contents))).Body;
        Assert.StartsWith("get_weather returned {", (string)Part(last)["text"]!, StringComparison.Ordinal);
        Assert.Contains("21", (string)Part(last)["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_OfAnotherFunction_IsCorrupted()
    {
        var contents = new JsonArray(Content("user", new JsonObject { ["text"] = "weather" }));
        var turn = (await AskAsync(Request(contents))).Body["candidates"]![0]!["content"]!.DeepClone();
        turn["parts"]![0]!["functionCall"]!["name"] = "get_time";
        contents.Add(turn);
        contents.Add(Content("user", new JsonObject { ["functionResponse"] = new JsonObject { ["id"] = (string?)turn["parts"]![0]!["functionCall"]!["id"], ["name"] = "get_time", ["response"] = new JsonObject() } }));

        var (status, body) = await AskAsync(Request(contents));

        Assert.Equal((400, "Corrupted thought signature."), (status, (string?)body["error"]!["message"]));
    }

    [Fact]
    public async Task Parallel_CallsInOneAnswer_OnlyTheFirstSigned()
    {
        var parts = (await AskAsync(Prompt("[[parallel 3]]", Tools))).Body["candidates"]![0]!["content"]!["parts"]!.AsArray();

        Assert.Equal(["get_weather", "get_time", "get_weather"], parts.Select(part => (string?)part!["functionCall"]!["name"]));
        Assert.Equal([true, false, false], parts.Select(part => part!["thoughtSignature"] is not null));
        Assert.Equal(3, parts.Select(part => (string?)part!["functionCall"]!["id"]).Distinct().Count());
    }

    [Fact]
    public async Task Call_ByNameAndArguments_InTurnAndDespiteReminders()
    {
        var contents = new JsonArray(Content("user", new JsonObject { ["text"] = "weather [[call get_time {\"a\":[1]}]] [[call nothing {}]] [[call get_weather]]" }));
        var called = new List<string>();
        for (var step = 0; step < 2; step++)
        {
            var turn = (await AskAsync(Request(contents))).Body["candidates"]![0]!["content"]!;
            var call = turn["parts"]![0]!["functionCall"]!;
            called.Add(call["name"] + call["args"]!.ToJsonString());
            contents.Add(turn.DeepClone());
            contents.Add(new JsonObject
            {
                ["role"] = "user",
                ["parts"] = new JsonArray(
                    new JsonObject { ["functionResponse"] = new JsonObject { ["id"] = (string?)call["id"], ["name"] = (string?)call["name"], ["response"] = new JsonObject { ["ok"] = step } } },
                    new JsonObject { ["text"] = "Remember the weather." }),
            });
        }

        Assert.Equal(["get_time{\"a\":[1]}", "get_weather{\"city\":\"sample city\",\"days\":3}"], called);
        Assert.StartsWith("get_weather returned {", (string?)Part((await AskAsync(Request(contents))).Body)["text"], StringComparison.Ordinal);
    }

    private static JsonObject Content(string role, JsonObject part) => new() { ["role"] = role, ["parts"] = new JsonArray(part) };

    private static string Request(JsonArray contents) => $$"""{"contents":{{contents.ToJsonString()}},{{Tools}}}""";
}
