using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Writes a value that satisfies a simple schema, of JSON Schema or of the protobuf dialect. The same value for the same schema.</summary>
internal sealed class SchemaSampler(JsonElement root)
{
    private const int DepthMax = 8;
    private const int ItemsMax = 100;
    private const int ValuesMax = 10_000;
    private int values;

    public void Write(Utf8JsonWriter writer) => Write(writer, root, "value", 0);

    private void Write(Utf8JsonWriter writer, JsonElement schema, string name, int depth)
    {
        schema = Resolve(schema);
        if (++values > ValuesMax || depth > DepthMax)
        {
            // A schema that contains itself has no end.
            writer.WriteNullValue();
            return;
        }

        if (schema.Has("const"))
        {
            schema.Member("const").WriteTo(writer);
            return;
        }

        if (schema.Items("enum").FirstOrDefault() is { ValueKind: not JsonValueKind.Undefined } first)
        {
            first.WriteTo(writer);
            return;
        }

        var alternative = schema.Items("anyOf").Concat(schema.Items("oneOf")).Concat(schema.Items("allOf")).FirstOrDefault(one => TypeOf(Resolve(one)) != "null");
        if (alternative.ValueKind == JsonValueKind.Object && !schema.Has("properties"))
        {
            Write(writer, alternative, name, depth + 1);
            return;
        }

        switch (TypeOf(schema))
        {
            case "object":
                WriteObject(writer, schema, depth);
                break;
            case "array":
                WriteArray(writer, schema, name, depth);
                break;
            case "integer":
                writer.WriteNumberValue((long)Math.Clamp(Math.Ceiling(Number(schema, 1)), long.MinValue / 2, long.MaxValue / 2));
                break;
            case "number":
                writer.WriteNumberValue(Number(schema, 1.5));
                break;
            case "boolean":
                writer.WriteBooleanValue(true);
                break;
            case "null":
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(Text(schema, name));
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        writer.WriteStartObject();
        var required = schema.Texts("required").ToHashSet(StringComparer.Ordinal);
        if (schema.Member("properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            // Optional members stop at a depth, so that recursive schemas come to an end.
            foreach (var property in properties.EnumerateObject().Where(property => depth < DepthMax / 2 || required.Contains(property.Name)).Where(_ => depth < DepthMax))
            {
                writer.WritePropertyName(property.Name);
                Write(writer, property.Value, property.Name, depth + 1);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteArray(Utf8JsonWriter writer, JsonElement schema, string name, int depth)
    {
        writer.WriteStartArray();
        var tuple = schema.Items("prefixItems").ToArray();
        foreach (var item in tuple)
        {
            Write(writer, item, name, depth + 1);
        }

        var count = Math.Clamp(schema.Whole("minItems") ?? (depth < DepthMax ? 1 : 0), tuple.Length, Math.Max(tuple.Length, ItemsMax));
        for (var i = tuple.Length; i < count; i++)
        {
            Write(writer, schema.Member("items"), name, depth + 1);
        }

        writer.WriteEndArray();
    }

    private JsonElement Resolve(JsonElement schema)
    {
        for (var hops = 0; hops < DepthMax && schema.Text("$ref") is { } reference && reference.StartsWith("#/", StringComparison.Ordinal); hops++)
        {
            schema = reference[2..].Split('/').Aggregate(root, (at, step) => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var next) ? next : default);
        }

        return schema;
    }

    private static string TypeOf(JsonElement schema)
    {
        var type = schema.Member("type");
        var name = type.ValueKind == JsonValueKind.Array ? schema.Texts("type").FirstOrDefault(one => one != "null") : type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        return name?.ToLowerInvariant() ?? (schema.Has("properties") ? "object" : schema.Has("items") ? "array" : "string");
    }

    private static double Number(JsonElement schema, double otherwise)
    {
        double? Bound(string name) => schema.Member(name) is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null;
        var least = Bound("minimum") ?? (Bound("exclusiveMinimum") + 1);
        var most = Bound("maximum") ?? (Bound("exclusiveMaximum") - 1);
        return least > otherwise ? least.Value : most < otherwise ? most.Value : otherwise;
    }

    private static string Text(JsonElement schema, string name)
    {
        var text = schema.Text("format") switch
        {
            "date-time" => "2026-01-15T20:00:00Z",
            "date" => "2026-01-15",
            "time" => "20:00:00Z",
            "uuid" => "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "email" => "someone@example.com",
            "uri" => "https://example.com/",
            _ => "sample " + name,
        };
        text = text.PadRight((int)Math.Clamp(schema.Whole("minLength") ?? 0, 0, 10_000), 'x');
        return schema.Whole("maxLength") is >= 0 and { } max && text.Length > max ? text[..(int)max] : text;
    }
}
