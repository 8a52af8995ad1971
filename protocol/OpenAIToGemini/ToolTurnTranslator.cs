using System.Globalization;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Calls and their results: as many results as calls, in the order of the calls, in one content.</summary>
internal sealed class ToolTurnTranslator(IReadOnlyList<ChatMessage> messages, TranslationContext context)
{
    private readonly HashSet<int> used = [];

    /// <summary>Whether the message's result already stands behind its call.</summary>
    public bool IsUsed(int index) => used.Contains(index);

    public void AddCalls(int index, List<GeminiPart> parts, List<PendingCall> calls)
    {
        var message = messages[index];
        for (var i = 0; i < message.ToolCalls.Count; i++)
        {
            var call = message.ToolCalls[i];
            var id = CallSignature.StripId(call.Id);
            var pending = new PendingCall(
                call.Id, call.Name, id.Length > 0 ? id : string.Create(CultureInfo.InvariantCulture, $"call_{index}_{i}"), context.ToolNames.Of(call.Name));
            calls.Add(pending);
            var arguments = Arguments(call);
            parts.Add(new GeminiPart
            {
                FunctionCall = new GeminiFunctionCall(pending.Id, pending.Name, arguments),
                ThoughtSignature = context.Options.ReplaceSignatures ? null : Signature(message, i, pending.Name, arguments),
            });
        }
    }

    // Of parallel calls only the first comes with a signature: the others are not looked for by what they called.
    private string? Signature(ChatMessage message, int call, string function, RawJson arguments) => call == 0
        ? CallSignature.Find(message.ToolCalls[call], message.ThoughtSignature, context.Options.Signatures)
            ?? CallSignature.Find(function, arguments, context.Options.Signatures)
        : CallSignature.Find(message.ToolCalls[call], null, context.Options.Signatures);

    /// <summary>What a call is made with, as Gemini is told.</summary>
    public static RawJson Arguments(ToolCall call)
    {
        if (call.IsCustom)
        {
            return JsonText.Wrap("input", call.Arguments);
        }

        // A model may have written broken JSON; it stays visible instead of making the conversation unusable for ever.
        return string.IsNullOrWhiteSpace(call.Arguments) ? JsonText.EmptyObject : JsonText.AsObject(call.Arguments, "arguments");
    }

    /// <summary>Responses to the calls, from the results up to the next answer of the model; and media that do not fit into them.</summary>
    public (List<GeminiPart> Responses, List<GeminiPart> Media) Answer(List<PendingCall> calls, int from)
    {
        var results = new ToolResultMatch(messages, from).Of(calls);
        used.UnionWith(results.OfType<int>());

        var responses = new List<GeminiPart>(calls.Count);
        var media = new List<GeminiPart>();
        for (var i = 0; i < calls.Count; i++)
        {
            var (response, parts) = results[i] is { } index ? Result(index, media) : (JsonText.Wrap("error", "no result"), null);
            responses.Add(new GeminiPart { FunctionResponse = new GeminiFunctionResponse(calls[i].Id, calls[i].Name, response, parts) });
        }

        return (responses, media);
    }

    /// <summary>From Gemini 3 on the first call of every step of the current turn must be signed; parallel calls after it are not.</summary>
    public void FillSignatures(List<GeminiContent> contents, int currentTurn)
    {
        if (!context.Model.IsGeneration3)
        {
            return;
        }

        for (var i = currentTurn; i < contents.Count; i++)
        {
            if (contents[i].Parts.Find(part => part.FunctionCall is not null) is { ThoughtSignature: null } first)
            {
                first.ThoughtSignature = CallSignature.Dummy;
            }
        }
    }

    private (RawJson Response, List<GeminiPart>? Parts) Result(int index, List<GeminiPart> media)
    {
        var content = messages[index].Content;
        if (content.Parts is null)
        {
            return (Response(messages[index], content.Text ?? string.Empty), null);
        }

        var text = new StringBuilder();
        List<GeminiPart>? inside = null;
        for (var i = 0; i < content.Parts.Count; i++)
        {
            if (content.Parts[i] is TextPart part)
            {
                text.Append(text.Length > 0 ? "\n" : string.Empty).Append(part.Text);
                continue;
            }

            var translated = context.Media.Translate(content.Parts[i], new WirePath(index, "content", i));
            if (context.Model.IsGeneration3 && translated.InlineData is { } blob && MimeTypes.IsSupportedInResponse(blob.MimeType))
            {
                (inside ??= []).Add(new GeminiPart { InlineData = blob });
            }
            else
            {
                media.Add(translated);
            }
        }

        return (Response(messages[index], text.ToString()), inside);
    }

    private static RawJson Response(ChatMessage message, string text) =>
        message.IsError ? JsonText.Wrap("error", text) : JsonText.AsObject(text, "result");
}
