using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Items to messages. A reasoning item carries the signature of what the model said next.</summary>
internal static class ConversationBuilder
{
    public static ResponsesChat Build(ResponsesRequest request, IReadOnlyList<InputItem> conversation, ModelTraits model)
    {
        var messages = new List<ChatMessage>(conversation.Count + 1);
        var origins = new List<int>(conversation.Count + 1);
        if (!string.IsNullOrEmpty(request.Instructions))
        {
            messages.Add(new ChatMessage { Role = ChatRole.System, Content = new MessageContent(request.Instructions, null) });
            origins.Add(-1);
        }

        string? signature = null;
        var old = conversation.Count - request.Input.Count;
        for (var i = 0; i < conversation.Count; i++)
        {
            var item = conversation[i];
            AddTools(request.Draft, item.Tools);
            if (item.Kind is InputItemKind.Reasoning)
            {
                signature = item.Signature;
            }
            else if (item.ToMessage(signature) is { } message)
            {
                messages.Add(message);
                origins.Add(i - old);
                signature = null;
            }
        }

        if (messages.Count == 0)
        {
            throw new TranslationException("input must hold at least one item that says something.", "input");
        }

        var draft = request.Draft;
        draft.Messages = messages;
        if (model.IsSpeech)
        {
            throw new TranslationException("model speaks, and responses are text; use audio/speech, or chat/completions with modalities.", "model", "unsupported_model");
        }

        if (model.IsImage)
        {
            // These models draw without being given a tool for it.
            draft.Tools?.RemoveAll(tool => tool is { Kind: ChatToolKind.BuiltIn, Name: ResponsesToolReader.ImageGeneration });
        }

        return new ResponsesChat(draft.Finish(), origins);
    }

    // Gemini is told of all tools at once; one that comes again takes the place of the first.
    private static void AddTools(ChatDraft draft, IReadOnlyList<ChatTool> tools)
    {
        foreach (var tool in tools)
        {
            draft.Tools ??= [];
            draft.Tools.RemoveAll(known => known.Kind == tool.Kind && known.Name == tool.Name);
            if (draft.Tools.Count == RequestLimits.ToolsMax)
            {
                throw new TranslationException($"input adds tools to more than {RequestLimits.ToolsMax}.", "input");
            }

            draft.Tools.Add(tool);
        }
    }
}
