using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Looks through a schema once, without building anything: most need no change for models that read JSON schema.</summary>
internal static class SchemaProbe
{
    public static SchemaShape Inspect(ReadOnlySpan<byte> schema)
    {
        try
        {
            var reader = new Utf8JsonReader(schema);
            reader.Read();
            var root = new Traits();
            if (!IsPlain(ref reader, ref root))
            {
                return SchemaShape.Foreign;
            }

            return root.HasContent ? root.HasType ? SchemaShape.Plain : SchemaShape.Foreign : SchemaShape.Empty;
        }
        catch (JsonException)
        {
            return SchemaShape.Foreign;
        }
    }

    private static bool IsPlain(ref Utf8JsonReader reader, ref Traits traits)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!IsPlainKeyword(ref reader, ref traits))
            {
                return false;
            }
        }

        return !(traits.HasRef && traits.HasSiblings);
    }

    private static bool IsPlainKeyword(ref Utf8JsonReader reader, ref Traits traits)
    {
        var name = reader.ValueSpan;
        if (name.SequenceEqual("$ref"u8))
        {
            traits.HasRef = traits.HasContent = true;
            reader.Read();
            return reader.TokenType is JsonTokenType.String && (reader.ValueSpan.SequenceEqual("#"u8) || reader.ValueSpan.StartsWith("#/$defs/"u8));
        }

        traits.HasSiblings |= name.Length == 0 || name[0] != '$';
        if (name.SequenceEqual("type"u8))
        {
            traits.HasType = true;
            return IsPlainType(ref reader, ref traits);
        }

        if (name.SequenceEqual("properties"u8) || name.SequenceEqual("$defs"u8))
        {
            return AreMembersPlain(ref reader, ref traits, counts: name.SequenceEqual("properties"u8));
        }

        if (name.SequenceEqual("items"u8))
        {
            traits.HasContent = true;
            return IsNextPlain(ref reader);
        }

        if (name.SequenceEqual("additionalProperties"u8))
        {
            return IsAdditionalPlain(ref reader, ref traits);
        }

        if (name.SequenceEqual("anyOf"u8) || name.SequenceEqual("oneOf"u8) || name.SequenceEqual("prefixItems"u8))
        {
            traits.HasContent = true;
            return AreItemsPlain(ref reader);
        }

        if (name.SequenceEqual("required"u8))
        {
            reader.Read();
            return PassArray(ref reader);
        }

        return name.SequenceEqual("enum"u8) ? IsPlainEnum(ref reader) : !IsForeign(name) && Pass(ref reader);
    }

    // Ignored by the model, refused by it, or moved elsewhere by the cleaner.
    private static bool IsForeign(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("const"u8) || name.SequenceEqual("allOf"u8) || name.SequenceEqual("if"u8) || name.SequenceEqual("then"u8)
        || name.SequenceEqual("else"u8) || name.SequenceEqual("not"u8) || name.SequenceEqual("definitions"u8) || name.SequenceEqual("nullable"u8)
        || name.SequenceEqual("patternProperties"u8) || name.SequenceEqual("propertyNames"u8) || name.SequenceEqual("dependentSchemas"u8)
        || name.SequenceEqual("dependencies"u8) || name.SequenceEqual("$anchor"u8) || name.SequenceEqual("$dynamicRef"u8) || name.IndexOf((byte)'\\') >= 0;

    private static bool IsPlainType(ref Utf8JsonReader reader, ref Traits traits)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String)
        {
            traits.HasContent |= !reader.ValueSpan.SequenceEqual("object"u8);
            return IsTypeName(reader.ValueSpan);
        }

        traits.HasContent = true;
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String || !IsTypeName(reader.ValueSpan))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTypeName(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("object"u8) || type.SequenceEqual("string"u8) || type.SequenceEqual("integer"u8) || type.SequenceEqual("number"u8)
        || type.SequenceEqual("boolean"u8) || type.SequenceEqual("array"u8) || type.SequenceEqual("null"u8);

    private static bool IsPlainEnum(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAdditionalPlain(ref Utf8JsonReader reader, ref Traits traits)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return true;
        }

        traits.HasContent = true;
        var inner = new Traits();
        return IsPlain(ref reader, ref inner);
    }

    private static bool IsNextPlain(ref Utf8JsonReader reader)
    {
        reader.Read();
        var inner = new Traits();
        return IsPlain(ref reader, ref inner);
    }

    private static bool AreMembersPlain(ref Utf8JsonReader reader, ref Traits traits, bool counts)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            traits.HasContent |= counts;
            if (!IsNextPlain(ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreItemsPlain(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var inner = new Traits();
            if (!IsPlain(ref reader, ref inner))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return true;
    }

    private static bool PassArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return false;
        }

        reader.Skip();
        return true;
    }

    private struct Traits
    {
        public bool HasType;
        public bool HasContent;
        public bool HasRef;
        public bool HasSiblings;
    }
}
