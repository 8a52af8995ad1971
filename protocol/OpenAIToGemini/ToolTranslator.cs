using System.Globalization;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary><c>tools</c>, <c>functions</c>, <c>tool_choice</c> and <c>web_search_options</c>.</summary>
internal static class ToolTranslator
{
    // A tool of free text has one argument of that name.
    private static readonly RawJson InputSchema = new("""{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}"""u8.ToArray());

    public static ToolSet Translate(ChatCompletionRequest request, TranslationContext context)
    {
        var builtIn = new BuiltInTools();
        if (request.WebSearch || context.Options.Features.Search)
        {
            builtIn.TakeSearch();
        }

        var customTools = new HashSet<string>();
        var declarations = Declare(request, context, builtIn, customTools);
        if (declarations.Count == 0)
        {
            OfferedTools.AddTo(builtIn, request, context);
        }

        var tools = new List<GeminiTool>();
        if (declarations.Count > 0)
        {
            tools.Add(new GeminiTool { FunctionDeclarations = declarations });
        }

        // Before Gemini 3 functions and built-in tools exclude each other; the client's own functions are what it cannot do without.
        var both = declarations.Count > 0 && builtIn.Any && context.Model.IsGeneration3;
        if (declarations.Count == 0 || both)
        {
            builtIn.AddTo(tools);
        }

        var choice = declarations.Count > 0 ? ToolChoiceTranslator.Translate(request, declarations, context, both) : null;
        var config = choice is null && !both
            ? null
            : new GeminiToolConfig { FunctionCallingConfig = choice, IncludeServerSideToolInvocations = both ? true : null };
        return new ToolSet(tools.Count > 0 ? tools : null, config, customTools);
    }

    private static List<FunctionDeclaration> Declare(ChatCompletionRequest request, TranslationContext context, BuiltInTools builtIn, HashSet<string> customTools)
    {
        var declarations = new List<FunctionDeclaration>(request.Tools.Count);
        for (var i = 0; i < request.Tools.Count; i++)
        {
            var tool = request.Tools[i];
            var (plain, json) = tool.Kind is ChatToolKind.Custom ? context.Clean(InputSchema) : tool.Parameters is { } schema ? context.Clean(schema) : (null, null);
            if (builtIn.TryTake(tool, plain is not null || json is not null))
            {
                continue;
            }

            if (tool.Kind is ChatToolKind.BuiltIn)
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"tools[{i}].type");
                throw new TranslationException(
                    $"{path} '{tool.Name}' is not available; use function, custom, web_search, code_interpreter or url_context.", path, "unsupported_parameter");
            }

            if (tool.Kind is ChatToolKind.Custom)
            {
                customTools.Add(tool.Name);
            }

            declarations.Add(new FunctionDeclaration
            {
                Name = context.ToolNames.Declare(tool.Name),
                Description = tool.Description,
                Parameters = plain,
                ParametersJsonSchema = json,
            });
        }

        return declarations;
    }
}
