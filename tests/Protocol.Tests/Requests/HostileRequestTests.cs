using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Requests made to cost much: each costs as much as it is long, where a quadratic way would take minutes.</summary>
public sealed class HostileRequestTests
{
    [Fact]
    public void Translate_ManyCallsAndResults_AreMatchedOnce()
    {
        const int Steps = 300;
        const int CallsPerMessage = 512;
        var calls = string.Join(',', Enumerable.Range(0, CallsPerMessage).Select(i => $$$"""{"id":"c{{{i}}}","function":{"name":"f"}}"""));
        var answers = string.Join(',', Enumerable.Repeat($$"""{"role":"assistant","tool_calls":[{{calls}}]}""", Steps));
        var results = string.Join(',', Enumerable.Repeat("""{"role":"tool","tool_call_id":"x","name":"g","content":"1"}""", 9_000));

        var contents = Translate(Messages($$"""{"role":"user","content":"go"},{{answers}},{{results}}""")).Request.Contents;

        Assert.Equal(Steps * CallsPerMessage, contents[1].Parts.Count);
        Assert.Equal(Steps * CallsPerMessage, contents[2].Parts.Count);
    }

    [Fact]
    public void Translate_ManyNamesThatBecomeAlike_StayApart()
    {
        const int Names = 50_000;
        var map = new ToolNameMap([]);
        var upstream = Enumerable.Range(0, Names).Select(i => map.Of(new string([(char)(0x4E00 + (i % 200)), (char)(0x4E00 + (i / 200))]))).ToHashSet();

        Assert.Equal(Names, upstream.Count);
    }

    [Fact]
    public void Translate_TextFullOfPictureMarks_IsText()
    {
        var text = string.Concat(Enumerable.Repeat("](data:image/", 300_000));

        Assert.Equal(text, Translate(Messages($$"""{"role":"user","content":"a"},{"role":"assistant","content":"{{text}}"},{"role":"user","content":"b"}""")).Request.Contents[1].Parts.Single().Text);
    }

    [Fact]
    public void ToGeminiSchema_LargeSchemaReferredToOften_StaysWithinBounds()
    {
        var large = new JsonObject(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)new JsonObject { ["type"] = "string" })));
        var members = new JsonObject(Enumerable.Range(0, 5_000).Select(i => KeyValuePair.Create($"r{i}", (JsonNode?)new JsonObject { ["$ref"] = "#/$defs/L" })));
        var schema = new JsonObject
        {
            ["type"] = "object", ["properties"] = members, ["$defs"] = new JsonObject { ["L"] = new JsonObject { ["type"] = "object", ["properties"] = large } },
        };

        Assert.InRange(SchemaCleaner.ToGeminiSchema(new RawJson(Encoding.UTF8.GetBytes(schema.ToJsonString())))!.Value.Utf8.Length, 1, 3_000_000);
    }

    [Fact]
    public void ToGeminiSchema_LongChainOfReferences_DoesNotExhaustTheStack()
    {
        var definitions = new JsonObject(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create($"d{i}", (JsonNode?)new JsonObject { ["$ref"] = $"#/$defs/d{i + 1}" })));
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["a"] = new JsonObject { ["$ref"] = "#/$defs/d0" }, ["b"] = new JsonObject { ["$ref"] = "#/$defs/d19999" } },
            ["$defs"] = definitions,
        };
        var raw = new RawJson(Encoding.UTF8.GetBytes(schema.ToJsonString()));

        Equal("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","description":"JSON object, see d20000."}}}""", JsonNode.Parse(SchemaCleaner.ToGeminiSchema(raw)!.Value.Utf8.Span));
        Assert.NotNull(SchemaCleaner.ToJsonSchema(raw));
    }

    [Fact]
    public void Translate_SchemasTooLarge_NamesTheOneThatGoesBeyond()
    {
        var schema = $$$"""{"type":"object","description":"{{{new string('x', RequestLimits.SchemaBytesMax / 2)}}}"}""";

        Assert.Equal("tools[1].function.parameters", Fails(Hi($"\"tools\":[{Tool("a", schema)},{Tool("b", schema)}]")).Param);
        Assert.NotNull(Body(Hi($"\"tools\":[{Tool("a", schema)}]"))["tools"]);
    }

    [Fact]
    public void Translate_MemberGivenTwiceInOptions_LastWins() =>
        Equal("""{"temperature":2,"topK":3}""", Body(Hi("\"google\":{\"generation_config\":{\"temperature\":1,\"temperature\":2,\"top_k\":1,\"topK\":3}}"))["generationConfig"]);

    [Fact]
    public void FindDrawn_TextFullOfPictures_ReadsEachOnce()
    {
        // 300,000 in one message: comparing each with all before it takes hours.
        Costs.AreLinear(n => Drawn(Enumerable.Range(0, n)), request => RemoteMedia.FindDrawn(request).Count, 150_000);
    }

    [Fact]
    public void FindDrawn_MoreThanCount_AreTheLastOnesWhereTheyStandLast() =>
        Assert.Equal(["/3", "/1", "/4", "/5"], RemoteMedia.FindDrawn(Drawn([1, 2, 3, 1, 4, 5])).Select(address => address.AbsolutePath));

    [Fact]
    public void Translate_MessagesFullOfPictures_CostAsMuchAsTheyAreLong() =>
        Costs.AreLinear(n => Drawn(Enumerable.Range(0, n)), request => Written(request), 5_000);

    [Fact]
    public void Read_DeepNesting_IsRefusedWhereItBegins()
    {
        foreach (var depth in (int[])[100, 1_000_000])
        {
            var (open, close) = (new string('[', depth), new string(']', depth));

            Assert.Throws<TranslationException>(() => Translate($$"""{"model":"m","messages":{{open}}{{close}}}"""));
            Assert.Throws<TranslationException>(() => Translate(Hi($"\"tools\":[{Tool("a", open + close)}]")));
        }
    }

    private static long Written(ChatCompletionRequest request) =>
        ChatRequestTranslator.Translate(request, new ChatTranslationOptions { Model = "gemini-2.5-flash" }).ToUtf8Bytes().Length;

    private static ChatCompletionRequest Drawn(IEnumerable<int> pictures) => OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Messages(
        $$"""{"role":"assistant","content":"{{string.Join(' ', pictures.Select(i => $"![a](http://h/{i})"))}}"},{"role":"user","content":"b"}""")));

    private static string Tool(string name, string schema) => $$$$"""{"type":"function","function":{"name":"{{{{name}}}}","parameters":{{{{schema}}}}}}""";
}
