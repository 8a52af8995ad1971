using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Tools that a setting offers to every request that can take them.</summary>
internal static class OfferedTools
{
    public static void AddTo(BuiltInTools tools, ChatCompletionRequest request, TranslationContext context)
    {
        var options = context.Options;
        if (!(options.OffersCodeExecution || options.OffersUrlContext) || !TakesTools(request, context))
        {
            return;
        }

        if (options.OffersUrlContext)
        {
            tools.TakeUrls();
        }

        if (options.OffersCodeExecution && !tools.HasSearch && !request.Messages.Any(HasMedia))
        {
            tools.TakeCode();
        }
    }

    // Nobody asked for these tools, so they stay away wherever they could make a call fail that works without them.
    private static bool TakesTools(ChatCompletionRequest request, TranslationContext context) =>
        context.Model.TakesTools
        && !context.Options.Features.Image
        && request.ResponseFormat is not { IsJson: true }
        && !request.Modalities.Any(modality => modality != "text")
        && !request.Messages.Any(message => message.ToolCalls.Count > 0);

    private static bool HasMedia(ChatMessage message) => message.Images.Count > 0 || message.Content.Parts?.Any(part => part is not TextPart) is true;
}
