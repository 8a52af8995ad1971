using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary><c>tool_choice</c> to a mode of function calling; only for requests that declare functions, else the upstream refuses it.</summary>
internal static class ToolChoiceTranslator
{
    /// <param name="declarations">Loses those that are not allowed, for models that cannot be told.</param>
    /// <param name="besideBuiltIn">Built-in tools stand beside the functions; the upstream then picks the mode itself.</param>
    public static FunctionCallingConfig? Translate(
        ChatCompletionRequest request, List<FunctionDeclaration> declarations, TranslationContext context, bool besideBuiltIn)
    {
        if (request.ToolChoice is not { } choice)
        {
            return null;
        }

        if (choice.Names is null)
        {
            return choice.Mode switch
            {
                ToolChoiceMode.None => new FunctionCallingConfig("NONE"),
                ToolChoiceMode.Required => new FunctionCallingConfig("ANY"),
                _ => besideBuiltIn ? null : new FunctionCallingConfig("AUTO"),
            };
        }

        var names = Allowed(choice.Names, declarations, request, context);
        if (choice.Mode is ToolChoiceMode.None || names.Count == 0)
        {
            return new FunctionCallingConfig("NONE");
        }

        if (choice.Mode is ToolChoiceMode.Required)
        {
            return new FunctionCallingConfig("ANY", names);
        }

        if (context.Model.TakesJsonSchema)
        {
            return new FunctionCallingConfig("VALIDATED", names);
        }

        // Before Gemini 2.5 there is no mode that allows, but does not demand, some of the functions.
        declarations.RemoveAll(declaration => !names.Contains(declaration.Name));
        return new FunctionCallingConfig("AUTO");
    }

    private static List<string> Allowed(IReadOnlyList<string> wanted, List<FunctionDeclaration> declarations, ChatCompletionRequest request, TranslationContext context)
    {
        var names = new List<string>(wanted.Count);
        foreach (var client in wanted)
        {
            if (!request.Tools.Any(tool => tool.Name == client))
            {
                var param = request.UsesLegacyFunctions ? "function_call" : "tool_choice";
                throw new TranslationException($"{param} names '{client}', which is not among the tools.", param);
            }

            // A built-in tool is among them without being declared; it cannot be forced.
            var upstream = context.ToolNames.Of(client);
            if (declarations.Exists(declaration => declaration.Name == upstream))
            {
                names.Add(upstream);
            }
        }

        return names;
    }
}
