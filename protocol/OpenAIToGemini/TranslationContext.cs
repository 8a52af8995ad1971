namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the parts of one translation share.</summary>
internal sealed record TranslationContext(ChatTranslationOptions Options, ModelTraits Model, ToolNameMap ToolNames, MediaTranslator Media, SchemaBudget Schemas)
{
    /// <summary>Whether the model may run code in this call, so that code of earlier answers goes back as code.</summary>
    public bool RunsCode { get; init; }

    /// <returns>A schema in the form the model reads: its own dialect, or JSON schema.</returns>
    public (RawJson? Plain, RawJson? Json) Clean(RawJson schema) => Model.TakesJsonSchema && !Options.PlainSchemas
        ? (null, SchemaCleaner.ToJsonSchema(schema, Schemas))
        : (SchemaCleaner.ToGeminiSchema(schema, keepsAnyOf: Model.TakesJsonSchema, Schemas), null);

    /// <summary>Gemma, and the models of 2.0 while they draw, refuse a system instruction.</summary>
    public bool TakesSystemInstruction => Model.TakesSystemInstruction && !(Options.Features.Image && Model.Version < 205);
}
