using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Each cleaning step, in Gemini's own dialect and in its subset of JSON schema.</summary>
public sealed class SchemaCleanerTests
{
    [Theory]
    // 1: nothing to say
    [InlineData("{}", null)]
    [InlineData("true", null)]
    [InlineData("""{"type":"object","properties":{}}""", null)]
    // 2: references
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"integer"}}}""", """{"type":"object","properties":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/definitions/x~1y~0z%20"}},"definitions":{"x/y~z ":{"type":"integer"}}}""", """{"type":"object","properties":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"mine"}},"$defs":{"A":{"type":"integer","description":"theirs"}}}""",
        """{"type":"object","properties":{"a":{"type":"integer","description":"mine"}}}""")]
    [InlineData("""{"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"v":{"type":"string"},"next":{"$ref":"#/$defs/Node"}}}}}""",
        """{"type":"object","properties":{"v":{"type":"string"},"next":{"type":"string","description":"JSON object, see Node."}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"https://x/y"}}}""", """{"type":"object","properties":{"a":{"type":"string","description":"JSON object, see y."}}}""")]
    // 3: allOf, if/then/else
    [InlineData("""{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"string"}},"required":["b"]}]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a","b"]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"if":{"properties":{"a":{"const":"x"}}},"then":{"properties":{"b":{"type":"integer"}}},"else":{"properties":{"c":{"type":"integer"}}}}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"integer"}}}""")]
    // 4: alternatives
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""", """{"type":"object","properties":{"a":{"type":"string","nullable":true}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","oneOf":[{"type":"string"},{"type":"integer"}],"description":"d"}}}""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"string","description":"d"},{"type":"integer"}]}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["a"]},{"properties":{"b":{"type":"string"}}}]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}""")]
    // 5: several types
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","null"]}}}""", """{"type":"object","properties":{"a":{"type":"string","nullable":true}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","integer"],"minimum":1}}}""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer","minimum":1}]}}}""")]
    // 6, 7: constants and enumerations
    [InlineData("""{"type":"object","properties":{"a":{"const":"x"}}}""", """{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","enum":[1,2],"description":"d"}}}""",
        """{"type":"object","properties":{"a":{"type":"integer","description":"d One of: 1, 2."}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":["x","","x",null,"y"]}}}""", """{"type":"object","properties":{"a":{"type":"string","enum":["x","y"],"nullable":true}}}""")]
    // 8: arrays
    [InlineData("""{"type":"object","properties":{"a":{"type":"array"}}}""", """{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]},"minItems":2,"maxItems":2}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":[{"type":"number"},{"type":"number"}]}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"},"minItems":"1","maxItems":-1}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"},"minItems":1}}}""")]
    // 9: objects without properties
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string"},"description":"map"}}}""",
        """{"type":"object","properties":{"a":{"type":"string","description":"map JSON object."}}}""")]
    // 10: required
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","required":true}},"required":["b"]}""", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""")]
    // 11: formats
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"uri"},"c":{"type":"integer","format":"int64"}}}""",
        """{"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","description":"Format: uri."},"c":{"type":"integer","format":"int64"}}}""")]
    // 12: unknown keywords
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","exclusiveMinimum":3,"exclusiveMaximum":9,"multipleOf":2},"b":{"type":"number","exclusiveMinimum":3}}}""",
        """{"type":"object","properties":{"a":{"type":"integer","minimum":4,"maximum":8},"b":{"type":"number"}}}""")]
    [InlineData("""{"$schema":"s","$id":"i","type":"object","x-foo":1,"additionalProperties":false,"patternProperties":{},"properties":{"a":{"type":"string","examples":["x"],"readOnly":true,"$comment":"c","pattern":"^a","minLength":1,"default":"q","title":"T"}}}""",
        """{"type":"object","properties":{"a":{"type":"string","pattern":"^a","minLength":1,"default":"q","title":"T"}}}""")]
    // 13: by position
    [InlineData("""{"type":"object","properties":{"title":{"type":"string"},"const":{"type":"string"},"$ref":{"type":"string"},"properties":{"type":"string"}},"required":["title","$ref"]}""",
        """{"type":"object","properties":{"title":{"type":"string"},"const":{"type":"string"},"$ref":{"type":"string"},"properties":{"type":"string"}},"required":["title","$ref"]}""")]
    [InlineData("""{"type":"OBJECT","properties":{"a":{"type":"STRING"},"b":{"type":"int"},"c":{"type":"dict"}}}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"string","description":"JSON object."}}}""")]
    public void ToGeminiSchema_Step_IsTaken(string schema, string? expected) => Equal(expected ?? "null", Gemini(schema));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"object","properties":{"b":{"type":"string"}}}]}}}""",
        """{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","integer"]}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    public void ToGeminiSchema_WithoutAnyOf_TakesTheRichest(string schema, string expected) => Equal(expected, Gemini(schema, keepsAnyOf: false));

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"type":"object","properties":{}}""", null)]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/definitions/A"}],"description":"d"}},"definitions":{"A":{"type":"object","properties":{"b":{"$ref":"#/definitions/A"}}}}}""",
        """
        {"type":"object","properties":{"a":{"type":"object","description":"d","properties":{"b":{"$ref":"#/$defs/A"}}}},
        "$defs":{"A":{"type":"object","properties":{"b":{"$ref":"#/$defs/A"}}}}}
        """)]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"d"}},"$defs":{"A":{"type":"string"}}}""",
        """{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"const":3},"b":{"type":"string","nullable":true},"c":{"type":["string","integer"],"const":"x"}}}""",
        """{"type":"object","properties":{"a":{"type":"integer","enum":[3]},"b":{"type":["string","null"]},"c":{"type":["string","integer"],"enum":["x"]}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"const":"x"}},"b":{}}}""",
        """{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string","enum":["x"]}},"b":{}}}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    public void ToJsonSchema_Foreign_IsRewritten(string schema, string? expected) => Equal(expected ?? "null", Json(schema));

    [Theory]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"a":{"type":"string","pattern":"^x"},"const":{"type":"string"}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"t":{"type":["string","null"]},"l":{"type":"array","items":{"enum":["x",1]}}},"$defs":{"A":{"type":"object","properties":{"b":{"type":"number"}}}}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""")]
    public void ToJsonSchema_WithinTheSubset_IsTheSameBytes(string schema)
    {
        var raw = new RawJson(Encoding.UTF8.GetBytes(schema));

        Assert.Equal(raw, SchemaCleaner.ToJsonSchema(raw));
    }

    [Fact]
    public void ToGeminiSchema_ReferencesThatMultiply_StayWithinBounds()
    {
        var definitions = new JsonObject { ["d30"] = new JsonObject { ["type"] = "string" } };
        for (var i = 0; i < 30; i++)
        {
            JsonObject Next() => new() { ["$ref"] = $"#/$defs/d{i + 1}" };
            definitions[$"d{i}"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["a"] = Next(), ["b"] = Next() } };
        }

        var schema = new JsonObject { ["$ref"] = "#/$defs/d0", ["$defs"] = definitions }.ToJsonString();

        Assert.InRange(Gemini(schema)!.ToJsonString().Length, 1_000, 2_000_000);
    }

    private static JsonNode? Gemini(string schema, bool keepsAnyOf = true) => Parse(SchemaCleaner.ToGeminiSchema(new RawJson(Encoding.UTF8.GetBytes(schema)), keepsAnyOf));

    private static JsonNode? Json(string schema) => Parse(SchemaCleaner.ToJsonSchema(new RawJson(Encoding.UTF8.GetBytes(schema))));

    private static JsonNode? Parse(RawJson? schema) => schema is { } raw ? JsonNode.Parse(raw.Utf8.Span, documentOptions: new System.Text.Json.JsonDocumentOptions { MaxDepth = 256 }) : null;
}
