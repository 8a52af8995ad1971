using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A chat request in OpenAI's terms to one in Gemini's. Pure: same input, same output, no I/O, no clock.</summary>
public static class ChatRequestTranslator
{
    private const string JsonInstruction = "Answer with one JSON value and nothing else.";
    private const string SchemaInstruction = "Answer with one JSON value and nothing else. It must match this JSON schema: ";

    /// <exception cref="TranslationException">The request asks for what Gemini cannot be asked for; names the field.</exception>
    public static TranslatedChat Translate(ChatCompletionRequest request, ChatTranslationOptions options)
    {
        var schemas = SchemaSizes.Check(request);
        var model = ModelTraits.Of(options.Model);
        var context = new TranslationContext(options, model, new ToolNameMap(request.Tools), new MediaTranslator(options.Media, model), schemas);
        var google = GoogleOptions.Read(request.Google);
        var tools = ToolTranslator.Translate(request, context);
        var runsCode = tools.Tools?.Exists(tool => tool.CodeExecution is not null) is true;
        var (system, contents) = new ConversationTranslator(request.Messages, context with { RunsCode = runsCode }).Translate(keepsSystem: context.TakesSystemInstruction && !google.UsesCache);
        if (request.ResponseFormat is { IsJson: true } format && tools.Tools is not null && !model.IsGeneration3)
        {
            system = Instruct(system, contents, format, context);
        }

        var translated = new TranslatedChat
        {
            Request = new GenerateContentRequest
            {
                SystemInstruction = system,
                Contents = contents,
                Tools = tools.Tools,
                ToolConfig = tools.Config,
                SafetySettings = options.SafetySettings.Count > 0 ? [.. options.SafetySettings] : null,
                GenerationConfig = GenerationConfigTranslator.Translate(request, context, tools.Tools is not null),
                ServiceTier = request.ServiceTier switch { "flex" => "flex", "priority" or "fast" => "priority", _ => null },
            },
            ToolNames = context.ToolNames.Changed,
            CustomTools = tools.CustomTools,
            ShowsSources = options.ShowsSources,
            Calls = GenerationConfigTranslator.Calls(request, options),
        };
        return google.IsEmpty ? translated : translated with { Merged = google.MergeInto(translated.ToUtf8Bytes()) };
    }

    // The mode that forces JSON cannot be had together with tools before Gemini 3; a sentence is what is left.
    private static GeminiContent? Instruct(GeminiContent? system, List<GeminiContent> contents, ResponseFormat format, TranslationContext context)
    {
        var text = format.Schema is { } schema ? SchemaInstruction + Encoding.UTF8.GetString(schema.Utf8.Span) : JsonInstruction;
        var part = new GeminiPart { Text = text };
        if (!context.TakesSystemInstruction)
        {
            contents[0].Parts.Insert(0, part);
            return system;
        }

        return new GeminiContent { Parts = [.. system?.Parts ?? [], part] };
    }
}
