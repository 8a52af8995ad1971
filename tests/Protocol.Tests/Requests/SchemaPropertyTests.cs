using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>What holds of every cleaned schema: made up at random from the keywords that make trouble.</summary>
public sealed class SchemaPropertyTests
{
    private const int Schemas = 3_000;

    private static readonly HashSet<string> GeminiKeywords =
    [
        "type", "format", "title", "description", "nullable", "enum", "items", "minItems", "maxItems", "properties", "required", "minProperties", "maxProperties",
        "minimum", "maximum", "minLength", "maxLength", "pattern", "example", "anyOf", "propertyOrdering", "default",
    ];

    private static readonly HashSet<string> JsonKeywords =
    [
        "$defs", "$ref", "type", "format", "title", "description", "enum", "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "anyOf",
        "properties", "additionalProperties", "required", "propertyOrdering",
    ];

    private static readonly string[] Types = ["string", "integer", "number", "boolean", "object", "array", "null", "STRING", "dict", "weird"];

    [Fact]
    public void ToGeminiSchema_AnySchema_HoldsOnlyKnownKeywordsAndIsStable()
    {
        for (var seed = 0; seed < Schemas; seed++)
        {
            var schema = Random(seed);
            foreach (var keepsAnyOf in (bool[])[true, false])
            {
                var once = SchemaCleaner.ToGeminiSchema(schema, keepsAnyOf);
                Check(once, GeminiKeywords, gemini: true, seed);
                var twice = once is { } again ? SchemaCleaner.ToGeminiSchema(again, keepsAnyOf) : null;
                Assert.True(Text(once) == Text(twice), $"seed {seed}: not stable\n{Text(schema)}\n{Text(once)}\n{Text(twice)}");
            }
        }
    }

    [Fact]
    public void ToJsonSchema_ForeignSchema_HoldsOnlyKnownKeywordsAndIsStable()
    {
        var rewritten = 0;
        for (var seed = 0; seed < Schemas; seed++)
        {
            var schema = Random(seed);
            var once = SchemaCleaner.ToJsonSchema(schema);
            if (once is not { } cleaned || cleaned == schema)
            {
                continue;
            }

            rewritten++;
            Check(once, JsonKeywords, gemini: false, seed);
            var twice = SchemaCleaner.ToJsonSchema(cleaned);
            Assert.True(Text(once) == Text(twice), $"seed {seed}: not stable\n{Text(schema)}\n{Text(once)}\n{Text(twice)}");
        }

        Assert.InRange(rewritten, Schemas / 2, Schemas);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"type\":1e999}")]
    public void Clean_WhatIsNoSchema_IsNothing(string text)
    {
        var raw = new RawJson(Encoding.UTF8.GetBytes(text));

        Assert.Null(SchemaCleaner.ToGeminiSchema(raw));
        Assert.Null(SchemaCleaner.ToJsonSchema(raw));
    }

    private static void Check(RawJson? schema, HashSet<string> keywords, bool gemini, int seed)
    {
        if (schema is { } raw)
        {
            Check(JsonNode.Parse(raw.Utf8.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!, keywords, gemini, seed);
        }
    }

    private static void Check(JsonNode schema, HashSet<string> keywords, bool gemini, int seed)
    {
        foreach (var (name, value) in schema.AsObject())
        {
            Assert.True(keywords.Contains(name), $"seed {seed}: keyword {name}");
            switch (name)
            {
                case "properties" or "$defs":
                    Assert.True(!gemini || value!.AsObject().Count > 0, $"seed {seed}: object without properties");
                    value!.AsObject().ToList().ForEach(member => Check(member.Value!, keywords, gemini, seed));
                    break;
                case "items":
                    Check(value!, keywords, gemini, seed);
                    break;
                case "additionalProperties" when value is JsonObject:
                    Check(value, keywords, gemini, seed);
                    break;
                case "anyOf" or "prefixItems":
                    value!.AsArray().ToList().ForEach(item => Check(item!, keywords, gemini, seed));
                    break;
                default:
                    break;
            }
        }

        if (gemini)
        {
            Assert.True(schema["anyOf"] is null || schema.AsObject().Count == 1, $"seed {seed}: anyOf has company");
            Assert.True(schema["enum"] is null || (string?)schema["type"] == "string", $"seed {seed}: enum of {schema["type"]}");
            Assert.True(schema["anyOf"] is not null || schema["type"] is JsonValue, $"seed {seed}: no type");
            Assert.True((string?)schema["type"] != "array" || schema["items"] is not null, $"seed {seed}: array without items");
            Assert.True((string?)schema["type"] != "object" || schema["properties"] is not null, $"seed {seed}: object without properties");
        }
    }

    private static string Text(RawJson? schema) => schema is { } raw ? Encoding.UTF8.GetString(raw.Utf8.Span) : "null";

    private static RawJson Random(int seed)
    {
        var random = new Random(seed);
        var root = Schema(random, 0);
        root["$defs"] = new JsonObject { ["A"] = Schema(random, 2), ["B"] = Schema(random, 2) };
        if (random.Next(3) == 0)
        {
            root["definitions"] = new JsonObject { ["C"] = Schema(random, 2) };
        }

        return new RawJson(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    private static JsonObject Schema(Random random, int depth)
    {
        var schema = new JsonObject();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            AddKeyword(schema, random, depth);
        }

        return schema;
    }

    private static void AddKeyword(JsonObject schema, Random random, int depth)
    {
        JsonNode Child() => depth > 4 || random.Next(12) == 0 ? JsonValue.Create(random.Next(2) == 0) : Schema(random, depth + 1);
        JsonArray Children() => new([.. Enumerable.Range(0, random.Next(4)).Select(_ => Child())]);
        string Name() => ((string[])["a", "b", "title", "type", "$ref", "properties", "enum", "required", ""])[random.Next(9)];
        JsonObject Members() => new(Enumerable.Range(0, random.Next(4)).Select(_ => Name()).Distinct().Select(name => KeyValuePair.Create(name, (JsonNode?)Child())));
        JsonNode? Value() => random.Next(7) switch
        {
            0 => null,
            1 => true,
            2 => random.Next(-5, 5),
            3 => 1.5,
            4 => "",
            5 => "x" + random.Next(3),
            _ => new JsonArray(1, "y"),
        };

        switch (random.Next(24))
        {
            case 0 or 1 or 2:
                schema["type"] = Types[random.Next(Types.Length)];
                break;
            case 3:
                schema["type"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => (JsonNode)Types[random.Next(Types.Length)])]);
                break;
            case 4 or 5 or 6 or 7:
                schema["properties"] = Members();
                break;
            case 8:
                schema["required"] = random.Next(3) == 0 ? true : new JsonArray(Name(), Name(), 7);
                break;
            case 9 or 10:
                schema[((string[])["anyOf", "oneOf", "allOf", "prefixItems"])[random.Next(4)]] = Children();
                break;
            case 11 or 12:
                schema["items"] = random.Next(3) == 0 ? Children() : Child();
                break;
            case 13:
                schema["$ref"] = ((string[])["#/$defs/A", "#/$defs/B", "#/definitions/C", "#", "#/$defs/none", "x", "", "#/properties/a"])[random.Next(8)];
                break;
            case 14:
                schema["enum"] = new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Value())]);
                break;
            case 15:
                schema["const"] = Value();
                break;
            case 16:
                schema["additionalProperties"] = Child();
                break;
            case 17:
                schema[((string[])["if", "then", "else", "not", "contains", "propertyNames"])[random.Next(6)]] = Child();
                break;
            case 18:
                schema["format"] = ((string[])["date-time", "uri", "int64", "float", "enum"])[random.Next(5)];
                break;
            case 19:
                schema[((string[])["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "minItems", "maxLength", "minProperties"])[random.Next(7)]] = Value();
                break;
            case 20:
                schema["nullable"] = random.Next(2) == 0;
                break;
            case 21:
                schema["default"] = Value();
                break;
            case 22:
                schema[((string[])["description", "title", "pattern", "$comment", "x-y", "examples"])[random.Next(6)]] = Value();
                break;
            default:
                schema["propertyOrdering"] = new JsonArray(Name(), Name(), 3);
                break;
        }
    }
}
