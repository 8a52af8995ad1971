using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>JSON schemas of tools and answers to what Gemini takes. Works on schemas only, by position: a property may be called <c>title</c> or <c>default</c>.</summary>
public static class SchemaCleaner
{
    /// <summary>Gemini's own dialect (<c>parameters</c>, <c>responseSchema</c>), where an unknown key fails the whole request.</summary>
    /// <param name="keepsAnyOf">False for models before 2.5, which know no alternatives: the richest one is taken.</param>
    /// <param name="budget">What all schemas of the request may cost; null for one alone.</param>
    /// <returns>Null when it describes an object without properties, which is said by leaving it out.</returns>
    public static RawJson? ToGeminiSchema(RawJson schema, bool keepsAnyOf = true, SchemaBudget? budget = null) =>
        Rewrite(schema, keepsAnyOf ? SchemaDialect.Gemini : SchemaDialect.GeminiWithoutAnyOf, budget);

    /// <summary>JSON schema within the subset Gemini documents (<c>parametersJsonSchema</c>, <c>responseJsonSchema</c>); the same bytes when it already is.</summary>
    /// <param name="budget">What all schemas of the request may cost; null for one alone.</param>
    /// <returns>Null when it describes an object without properties.</returns>
    public static RawJson? ToJsonSchema(RawJson schema, SchemaBudget? budget = null) => SchemaProbe.Inspect(schema.Utf8.Span) switch
    {
        SchemaShape.Empty => null,
        SchemaShape.Plain => schema,
        _ => Rewrite(schema, SchemaDialect.Json, budget),
    };

    private static RawJson? Rewrite(RawJson schema, SchemaDialect dialect, SchemaBudget? budget)
    {
        if (!JsonScan.TryKind(schema.Utf8.Span, RequestLimits.JsonDepthMax, out var kind) || kind is not JsonTokenType.StartObject)
        {
            return null;
        }

        using var document = JsonDocument.Parse(schema.Utf8, new JsonDocumentOptions { MaxDepth = RequestLimits.JsonDepthMax });
        var rewritten = new SchemaRewriter(document.RootElement, dialect, budget ?? new SchemaBudget(schema.Utf8.Length)).Root();
        if (rewritten is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(schema.Utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions))
        {
            rewritten.WriteTo(writer);
        }

        return dialect is SchemaDialect.Json && SchemaProbe.Inspect(buffer.WrittenSpan) is SchemaShape.Empty ? null : new RawJson(buffer.WrittenMemory);
    }
}
