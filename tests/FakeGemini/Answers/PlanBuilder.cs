using System.Text;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Decides what to answer. The folder's README lists the directives.</summary>
internal sealed class PlanBuilder(AnswerIds ids)
{
    private const int LongMax = 100_000;
    private const int ParallelMax = 100;

    public AnswerPlan Build(FakeModel model, PromptView prompt, bool isEmpty)
    {
        var asked = prompt.Asked;
        var events = isEmpty || asked.Has("empty") ? Ended("STOP", new AnswerPart { Text = "" }) : Special(asked) ?? Usual(model, prompt);
        return new AnswerPlan(model, ids.NextResponseId(), events)
        {
            PromptTokens = prompt.PromptTokens,
            CachedTokens = prompt.HasCache || asked.Has("cached") ? prompt.PromptTokens / 2 : 0,
            ToolTokens = asked.Has("code") || asked.Has("search") || prompt.HasSearch ? 37 : 0,
            Candidates = prompt.Candidates,
            BlockReason = asked.Has("block") ? asked.Argument("block") ?? "PROHIBITED_CONTENT" : null,
            WithLogProbs = prompt.WantsLogProbs,
            TopLogProbs = prompt.TopLogProbs,
            FirstByteDelayMs = asked.Number("wait", 0),
            EventDelayMs = asked.Number("pace", 0),
        };
    }

    private static List<AnswerEvent> Ended(string reason, params AnswerPart[] parts) => [new AnswerEvent(parts) { FinishReason = reason }];

    private static List<AnswerEvent>? Special(Directives asked)
    {
        if (asked.Has("block"))
        {
            return [];
        }

        if (asked.Has("max"))
        {
            return Ended("MAX_TOKENS");
        }

        if (asked.Has("safety"))
        {
            return asked.Has("late")
                ? [new AnswerEvent([new AnswerPart { Text = "This begins well" }]), .. Ended("SAFETY")]
                : [new AnswerEvent([]) { FinishReason = "SAFETY", IsBare = true }];
        }

        if (asked.Has("finish"))
        {
            return [new AnswerEvent([]) { FinishReason = asked.Argument("finish") ?? "OTHER", FinishMessage = "Model failed to generate content due to internal error.", IsBare = true }];
        }

        return asked.Has("malformed")
            ? [new AnswerEvent([]) { FinishReason = "MALFORMED_FUNCTION_CALL", FinishMessage = "Malformed function call: print(default_api.get_weather(", IsBare = true }]
            : null;
    }

    private static List<AnswerEvent> Image(PromptView prompt) => prompt.Asked.Has("words")
        ? Ended("STOP", new AnswerPart { Text = "I would rather describe it." })
        :
    [
        .. prompt.WantsOnlyImage ? Array.Empty<AnswerEvent>() : [new([new AnswerPart { Text = "Here is a picture. " }])],
        new([new AnswerPart { InlineMimeType = "image/png", InlineBytes = Pictures.OnePixelPng }]),
        new([]) { FinishReason = "STOP", IsBare = true },
    ];

    private static List<AnswerEvent> Speech() =>
    [
        new([new AnswerPart { InlineMimeType = Sounds.RawType, InlineBytes = Sounds.Piece(0) }]),
        .. Ended("STOP", new AnswerPart { InlineMimeType = Sounds.RawType, InlineBytes = Sounds.Piece(1) }),
    ];

    private List<AnswerEvent> Usual(FakeModel model, PromptView prompt)
    {
        var asked = prompt.Asked;
        var thoughts = asked.Has("think") || (prompt.IncludeThoughts && model.Thinks)
            ? new List<AnswerEvent> { new([new AnswerPart { Text = "**Considering the request**\n\n", IsThought = true }]), new([new AnswerPart { Text = "The user wants an answer.", IsThought = true }]) }
            : [];
        if (FunctionCalls(model, prompt) is { } calls)
        {
            return [.. thoughts, .. calls];
        }

        if (asked.Has("image") || prompt.WantsImage || model.Kind == ModelKind.Image)
        {
            return [.. thoughts, .. Image(prompt)];
        }

        if (asked.Has("code"))
        {
            return [.. thoughts, .. Code(model)];
        }

        return prompt.WantsSpeech || model.Kind == ModelKind.Speech ? Speech() : Texts(model, prompt, thoughts);
    }

    private List<AnswerEvent>? FunctionCalls(FakeModel model, PromptView prompt)
    {
        var asked = prompt.Asked;
        if (prompt.Functions.Count == 0 || prompt.MayNotCall)
        {
            return null;
        }

        if (asked.Has("call"))
        {
            // An agent asks more than its main model, which alone has all the functions.
            var wanted = asked.Calls.Where(call => prompt.Functions.Any(function => function.Name == call.Name)).Skip(prompt.CallTurns).ToArray();
            if (wanted.Length > 0)
            {
                return Closed(model, [Call(model, prompt.Functions.First(function => function.Name == wanted[0].Name), wanted[0].Json, isFirst: true)]);
            }
        }

        var steps = asked.Has("tool") ? asked.Number("tool", 1) : asked.Has("parallel") || prompt.MustCall || (!asked.Has("call") && IsSpokenOf(prompt)) ? 1 : 0;
        if (prompt.CallTurns >= steps)
        {
            return null;
        }

        var spoken = prompt.Functions.FirstOrDefault(function => asked.Rest.Contains(function.Name, StringComparison.OrdinalIgnoreCase), prompt.Functions[0]);
        var count = asked.Has("parallel") ? Math.Clamp(asked.Number("parallel", Math.Max(2, prompt.Functions.Count)), 1, ParallelMax) : 1;
        var parts = Enumerable.Range(0, count).Select(index => Call(model, count > 1 ? prompt.Functions[index % prompt.Functions.Count] : spoken, asked.Argument("args"), isFirst: index == 0)).ToArray();
        return Closed(model, parts);
    }

    private static List<AnswerEvent> Closed(FakeModel model, AnswerPart[] calls) => model.ClosesWithEmptyEvent
        ? [new AnswerEvent(calls), .. Ended("STOP", new AnswerPart { Text = "" })]
        : [new AnswerEvent(calls) { FinishReason = "STOP", FinishMessage = "Model generated function call(s)." }];

    // A declared name in the prompt, or a word of at least four letters of it, is a wish to call it.
    private static bool IsSpokenOf(PromptView prompt) => prompt.Functions.Any(function =>
        prompt.Asked.Rest.Contains(function.Name, StringComparison.OrdinalIgnoreCase)
        || function.Name.Split('_', '-', '.').Any(word => word.Length >= 4 && prompt.Asked.Rest.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private AnswerPart Call(FakeModel model, DeclaredFunction function, string? arguments, bool isFirst) => new()
    {
        CallName = function.Name,
        CallId = model.GivesCallIds ? ids.NextCallId() : null,
        Signature = isFirst && model.GivesSignatures ? ids.NextSignature(function.Name) : null,
        CallArguments = writer =>
        {
            if (arguments is not null && IsObject(arguments))
            {
                writer.WriteRawValue(arguments);
            }
            else if (function.Schema.ValueKind == JsonValueKind.Object)
            {
                new SchemaSampler(function.Schema).Write(writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
        },
    };

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            // Then the schema is sampled, as without the directive.
            return false;
        }
    }

    private List<AnswerEvent> Code(FakeModel model) =>
    [
        new([new AnswerPart { Code = "print(6 * 7)", CallId = model.GivesCallIds ? ids.NextCallId() : null, Signature = model.GivesSignatures ? ids.NextSignature("") : null }]),
        new([new AnswerPart { CodeOutput = "42\n" }]),
        .. Ended("STOP", new AnswerPart { Text = "The result is 42." }),
    ];

    private List<AnswerEvent> Texts(FakeModel model, PromptView prompt, List<AnswerEvent> thoughts)
    {
        // Beside functions a search is one of many things the model could do, and mostly does not.
        var grounded = prompt.Asked.Has("search") || (prompt.HasSearch && prompt.Functions.Count == 0);
        var (text, reason) = Cut(CutPrompt.Rest(FullText(prompt, grounded), prompt.Said), prompt, thoughts.Sum(one => one.Parts.Sum(part => part.Tokens)));
        if (text.Length == 0 && reason == "MAX_TOKENS")
        {
            return [.. thoughts, .. Ended(reason)];
        }

        var pieces = prompt.Asked.Has("long") ? text.Split('\n').Where(line => line.Length > 0).Select(line => line + "\n").ToList() : TextPieces.Of(text);
        var events = pieces.Select(piece => new AnswerEvent([new AnswerPart { Text = piece }])).ToList();
        if (model.ClosesWithEmptyEvent && model.Thinks && thoughts.Count > 0)
        {
            events.Add(new AnswerEvent([new AnswerPart { Text = "", Signature = ids.NextSignature("") }]));
        }

        events[^1] = events[^1] with { FinishReason = reason, GroundedText = grounded ? text : null };
        return [.. thoughts, .. events];
    }

    private static string FullText(PromptView prompt, bool grounded)
    {
        if (prompt.WantsEnum)
        {
            return prompt.Schema.Items("enum").FirstOrDefault() is { ValueKind: JsonValueKind.String } first ? first.GetString()! : "one";
        }

        if (Recordings.Timed(prompt.Heard, prompt.Schema) is { } timed)
        {
            return timed;
        }

        if (prompt.WantsJson || prompt.Asked.Has("json"))
        {
            return Encoding.UTF8.GetString(GoogleJson.Pretty(writer => WriteJson(writer, prompt))).TrimEnd();
        }

        if (prompt.Results.Count > 0)
        {
            return string.Join(" ", prompt.Results.Select(result => $"{result.Name} returned {result.Json}."));
        }

        if (prompt.Asked.Has("long"))
        {
            var count = Math.Clamp(prompt.Asked.Number("long", 10), 1, LongMax);
            return string.Concat(Enumerable.Range(1, count).Select(index => $"chunk {index} of {count}: zażółć gęślą jaźń 東京 🙂\n"));
        }

        return grounded ? Grounding.Text
            : prompt.Heard is { } heard ? heard
            : prompt.Asked.Has("system") ? prompt.SystemText
            : prompt.Asked.Rest.Length == 0 ? "Hello from the fake." : "Echo: " + prompt.Asked.Rest;
    }

    private static void WriteJson(Utf8JsonWriter writer, PromptView prompt)
    {
        if (prompt.Schema.ValueKind == JsonValueKind.Object)
        {
            new SchemaSampler(prompt.Schema).Write(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("echo", prompt.Asked.Rest);
        writer.WriteEndObject();
    }

    private static (string Text, string Reason) Cut(string text, PromptView prompt, int thoughtTokens)
    {
        var stop = prompt.Stops.Where(one => one.Length > 0).Select(one => text.IndexOf(one, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        text = text[..stop];
        var room = prompt.OutputTokensMax > 0 ? Math.Max(0, prompt.OutputTokensMax - thoughtTokens) * 4 : long.MaxValue;
        if (text.Length <= room)
        {
            return (text, "STOP");
        }

        var end = (int)room;
        end -= end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return (text[..end], "MAX_TOKENS");
    }
}
