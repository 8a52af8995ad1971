using System.Text;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Schemas in which a few words stand for gigabytes: a large definition, referred to often.</summary>
public sealed class HostileSchemaTests
{
    private const int Size = 400;

    private static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["description"] = n => Referred(n, $$$$"""{"type":"string","description":"{{{{Words(n)}}}}"}"""),
        ["title"] = n => Referred(n, $$$$"""{"type":"string","title":"{{{{Words(n)}}}}"}"""),
        ["pattern"] = n => Referred(n, $$$$"""{"type":"string","pattern":"{{{{Words(n)}}}}"}"""),
        ["default"] = n => Referred(n, $$$$"""{"type":"string","default":"{{{{Words(n)}}}}"}"""),
        ["enum"] = n => Referred(n, $$$$"""{"type":"string","enum":[{{{{Join(10 * n, i => $"\"e{i}\"")}}}}]}"""),
        ["numbers"] = n => Referred(n, $$$$"""{"type":"integer","enum":[{{{{Join(10 * n, i => $"{i}")}}}}]}"""),
        ["types"] = n => Referred(n, $$$$"""{"type":["string","integer","number","boolean"],"description":"{{{{Words(n)}}}}"}"""),
        ["required"] = n => Referred(n, $$$$"""{"type":"object","properties":{"a":{"type":"string"}},"required":[{{{{Join(10 * n, i => $"\"r{i}\"")}}}}]}"""),
        ["properties"] = n => Referred(n, $$$$"""{"type":"object","properties":{ {{{{Join(5 * n, i => $"\"p{i}\":{{}}")}}}}}}"""),
        ["name"] = n => Referred(n, $$$$"""{"type":"object","properties":{"{{{{Words(n)}}}}":{"type":"string"}}}"""),
        ["ordering"] = n => Referred(n, $$$$"""{"type":"object","properties":{"a":{"type":"string"}},"propertyOrdering":[{{{{Join(10 * n, _ => "\"a\"")}}}}]}"""),
        ["anyOf"] = n => Referred(n, $$$$"""{"anyOf":[{{{{Join(5 * n, i => $"{{\"type\":\"string\",\"title\":\"{i}\"}}")}}}}]}"""),
        ["tuple"] = n => Referred(n, $$$$"""{"type":"array","prefixItems":[{{{{Join(5 * n, i => $"{{\"type\":\"string\",\"title\":\"{i}\"}}")}}}}]}"""),
        ["nowhere"] = n => Referred(n, $$$$"""{"$ref":"#/{{{{Words(n)}}}}"}"""),
        ["doubling"] = n => Doubling(n, "properties"),
        ["choices"] = n => Doubling(n, "anyOf"),
        ["parts"] = n => Doubling(n, "allOf"),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ToGeminiSchema_LargeDefinitionReferredToOften_CostsAsMuchAsItIsLong(string shape)
    {
        Costs.AreLinear(n => Raw(Shapes[shape](n)), schema => SchemaCleaner.ToGeminiSchema(schema)!.Value.Utf8.Length, Size);
        Costs.AreLinear(n => Raw(Shapes[shape](n)), schema => SchemaCleaner.ToGeminiSchema(schema, keepsAnyOf: false)!.Value.Utf8.Length, Size);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToJsonSchema_LargeDefinitionReferredToOften_CostsAsMuchAsItIsLong(string shape) =>
        Costs.AreLinear(n => Raw(Shapes[shape](n)), schema => SchemaCleaner.ToJsonSchema(schema)!.Value.Utf8.Length, Size);

    [Theory]
    [MemberData(nameof(Names))]
    public void Translate_ManyToolsWithSuchSchemas_CostAsMuchAsTheyAreLong(string shape)
    {
        const int WrittenMax = 2 * (RequestLimits.SchemaWorkBytes + (RequestLimits.SchemaWorkPerByte * RequestLimits.SchemaBytesMax));
        var schema = Shapes[shape](4);

        Costs.AreLinear(n => Tools(n, schema), Written, Size / 2);
        Assert.InRange(Written(Tools(Size, schema)), 1, WrittenMax);
    }

    [Fact]
    public void ToGeminiSchema_AsManyRequiredNamesAsMayCome_AreComparedOnce()
    {
        var names = Join(250_000 / 2, i => $"\"{i:x}\"");

        Assert.NotNull(SchemaCleaner.ToGeminiSchema(Raw($$$$"""{"type":"object","properties":{"a":{"type":"string"}},"required":[{{{{names}}}}]}""")));
    }

    [Fact]
    public void ToGeminiSchema_AsManyReferencesAndDefinitionsAsMayCome_AreFoundAtOnce()
    {
        const int Definitions = 30_000;
        var branches = Join(Definitions, i => $"{{\"$ref\":\"#/$defs/{i:x}\"}}");
        var definitions = Join(Definitions, i => $"\"{i:x}\":{{}}");

        Assert.NotNull(SchemaCleaner.ToGeminiSchema(Raw($$$$"""{"properties":{"a":{"type":"string"}},"anyOf":[{{{{branches}}}}],"$defs":{ {{{{definitions}}}} }}""")));
    }

    // Half as property, half as definition: one dialect keeps references to definitions.
    private static string Referred(int n, string large) =>
        $$$$"""{"type":"object","allOf":[{}],"properties":{"large":{{{{large}}}},{{{{Join(n, i => $"\"a{i}\":{{\"$ref\":\"#/$defs/L\"}},\"b{i}\":{{\"$ref\":\"#/properties/large\"}}")}}}}},"$defs":{"L":{{{{large}}}}}}""";

    private static string Doubling(int n, string keyword)
    {
        var levels = Join(20, i => $"\"d{i}\":{Twice(keyword, $"{{\"$ref\":\"#/definitions/d{i + 1}\"}}")}");
        return $$$$"""{"type":"object","properties":{"a":{"$ref":"#/definitions/d0"}},"definitions":{ {{{{levels}}}},"d20":{"type":"string","description":"{{{{Words(n)}}}}"}}}""";
    }

    private static string Twice(string keyword, string schema) =>
        keyword is "properties" ? $$$$"""{"type":"object","properties":{"l":{{{{schema}}}},"r":{{{{schema}}}}}}""" : $$$$"""{"{{{{keyword}}}}":[{{{{schema}}}},{{{{schema}}}}]}""";

    private static ChatCompletionRequest Tools(int n, string schema) => OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Canonical.Hi(
        $"\"tools\":[{Join(n, i => $"{{\"type\":\"function\",\"function\":{{\"name\":\"f{i}\",\"parameters\":{schema}}}}}")}]")));

    private static long Written(ChatCompletionRequest request) =>
        ChatRequestTranslator.Translate(request, new ChatTranslationOptions { Model = "gemini-2.0-flash" }).ToUtf8Bytes().Length;

    private static RawJson Raw(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Words(int n) => new('x', 100 * n);

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
