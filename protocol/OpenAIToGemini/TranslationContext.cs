namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the parts of one translation share.</summary>
internal sealed record TranslationContext(ChatTranslationOptions Options, ModelTraits Model, ToolNameMap ToolNames, MediaTranslator Media);
