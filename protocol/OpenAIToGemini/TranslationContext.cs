namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the parts of one translation share.</summary>
internal sealed record TranslationContext(ChatTranslationOptions Options, ModelTraits Model, ToolNameMap ToolNames, MediaTranslator Media)
{
    /// <summary>Whether the model may run code in this call, so that code of earlier answers goes back as code.</summary>
    public bool RunsCode { get; init; }

    /// <summary>Gemma, and the models of 2.0 while they draw, refuse a system instruction.</summary>
    public bool TakesSystemInstruction => Model.TakesSystemInstruction && !(Options.Features.Image && Model.Version < 205);
}
