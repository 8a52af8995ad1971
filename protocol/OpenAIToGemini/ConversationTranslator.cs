using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Messages to contents. Gemini wants turns to alternate, results right behind their calls, and a user to have the last word.</summary>
internal sealed class ConversationTranslator(IReadOnlyList<ChatMessage> messages, TranslationContext context)
{
    /// <summary>Stands where the API demands text and the client has none.</summary>
    private const string Blank = " ";

    private const string Continue = "Continue.";

    private readonly List<GeminiContent> contents = [];
    private readonly List<GeminiPart> system = [];
    private readonly ToolTurnTranslator toolTurns = new(messages, context);
    private int currentTurn;

    /// <summary>System instruction (null when there is none) and at least one content.</summary>
    public (GeminiContent? System, List<GeminiContent> Contents) Translate(bool keepsSystem)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            switch (messages[i].Role)
            {
                case ChatRole.System or ChatRole.Developer:
                    AddContent(messages[i].Content, i, system);
                    break;
                case ChatRole.Assistant:
                    i = AddModelTurn(i);
                    break;
                case ChatRole.User:
                    AddUser(i);
                    break;
                default:
                    AddOrphan(i);
                    break;
            }
        }

        return Finish(keepsSystem);
    }

    private static void AddText(string? text, List<GeminiPart> parts)
    {
        if (!string.IsNullOrEmpty(text))
        {
            parts.Add(new GeminiPart { Text = text });
        }
    }

    private void AddUser(int index)
    {
        var parts = new List<GeminiPart>();
        AddContent(messages[index].Content, index, parts);
        AddUserParts(parts.Count > 0 ? parts : [new GeminiPart { Text = Blank }]);
        currentTurn = contents.Count;
    }

    // A result that answers no call cannot be a function response: the counts must match.
    private void AddOrphan(int index)
    {
        if (toolTurns.IsUsed(index))
        {
            return;
        }

        var message = messages[index];
        var parts = new List<GeminiPart> { new() { Text = $"Result of the tool {message.Name ?? message.ToolCallId}:" } };
        AddContent(message.Content, index, parts);
        AddUserParts(parts);
    }

    private int AddModelTurn(int first)
    {
        var end = first;
        var parts = new List<GeminiPart>();
        var calls = new List<PendingCall>();
        for (; end < messages.Count && messages[end].Role is ChatRole.Assistant; end++)
        {
            AddAnswer(end, parts);
            toolTurns.AddCalls(end, parts, calls);
        }

        if (calls.Count == 0 || (end == messages.Count))
        {
            // Calls in the last message have no results and nobody waits for them.
            parts.RemoveAll(part => part.FunctionCall is not null);
            AddModelParts(parts);
            return end - 1;
        }

        AddModelParts(parts);
        var (responses, media) = toolTurns.Answer(calls, end);
        contents.Add(new GeminiContent { Role = GeminiContent.UserRole, Parts = responses });
        if (media.Count > 0)
        {
            contents.Add(new GeminiContent { Role = GeminiContent.UserRole, Parts = media });
        }

        return end - 1;
    }

    private void AddAnswer(int index, List<GeminiPart> parts)
    {
        var message = messages[index];
        if (message.Content.Text is { } text && context.RunsCode)
        {
            CodeBlocks.Split(text, parts, between => MarkdownImages.Split(between, context.Options.Media, parts));
        }
        else if (message.Content.Text is { } plain)
        {
            MarkdownImages.Split(plain, context.Options.Media, parts);
        }
        else
        {
            AddContent(message.Content, index, parts);
        }

        AddText(message.Refusal, parts);
        for (var i = 0; i < message.Images.Count; i++)
        {
            AddPart(message.Images[i], new WirePath(index, "images", i), parts);
        }

        if (message.ToolCalls.Count == 0 && parts.Count > 0 && CallSignature.Checked(message.ThoughtSignature) is { } signature && !context.Options.ReplaceSignatures)
        {
            parts[^1].ThoughtSignature = signature;
        }
    }

    private void AddModelParts(List<GeminiPart> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        if (contents.Count > 0 && contents[^1].Role is GeminiContent.ModelRole)
        {
            contents[^1].Parts.AddRange(parts);
        }
        else
        {
            contents.Add(new GeminiContent { Role = GeminiContent.ModelRole, Parts = parts });
        }
    }

    private void AddUserParts(List<GeminiPart> parts)
    {
        // Gemini 2 counts every part beside function responses as one too many, so results keep a content of their own.
        if (contents.Count > 0 && contents[^1] is { Role: GeminiContent.UserRole } last && !last.Parts[0].IsFunctionResponse)
        {
            last.Parts.AddRange(parts);
        }
        else
        {
            contents.Add(new GeminiContent { Role = GeminiContent.UserRole, Parts = parts });
        }
    }

    private void AddContent(MessageContent content, int index, List<GeminiPart> parts)
    {
        AddText(content.Text, parts);
        for (var i = 0; i < (content.Parts?.Count ?? 0); i++)
        {
            AddPart(content.Parts![i], new WirePath(index, "content", i), parts);
        }
    }

    private void AddPart(ContentPart part, WirePath path, List<GeminiPart> parts)
    {
        if (part is TextPart text)
        {
            AddText(text.Text, parts);
        }
        else
        {
            parts.Add(context.Media.Translate(part, path));
        }
    }

    private (GeminiContent? System, List<GeminiContent> Contents) Finish(bool keepsSystem)
    {
        var onlySystem = contents.Count == 0;
        if (onlySystem || contents[0].Role is GeminiContent.ModelRole)
        {
            contents.Insert(0, new GeminiContent { Role = GeminiContent.UserRole, Parts = onlySystem && system.Count > 0 ? system : [new GeminiPart { Text = Blank }] });
            currentTurn++;
        }

        if (contents[^1].Role is GeminiContent.ModelRole)
        {
            contents.Add(new GeminiContent { Role = GeminiContent.UserRole, Parts = [new GeminiPart { Text = Continue }] });
        }

        toolTurns.FillSignatures(contents, currentTurn);
        if (onlySystem || system.Count == 0)
        {
            return (null, contents);
        }

        if (keepsSystem && !system.Exists(part => part.Text is null))
        {
            return (new GeminiContent { Parts = system }, contents);
        }

        contents[0].Parts.InsertRange(0, system);
        return (null, contents);
    }
}
