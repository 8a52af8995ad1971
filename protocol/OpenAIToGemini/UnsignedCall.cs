using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A call of a function that comes back without the thought signature it had.</summary>
public sealed class UnsignedCall
{
    private readonly ToolCall made;
    private readonly string? function;

    private UnsignedCall(ToolCall call, string? function) => (made, this.function) = (call, function);

    /// <summary>The client's id of it; may be empty.</summary>
    public string Id => made.Id;

    /// <summary>What was called; null where it is not looked for by that.</summary>
    public CallFingerprint? Fingerprint => function is null ? null : CallSignature.FingerprintOf(function, ToolTurnTranslator.Arguments(made));

    /// <summary>The calls of a conversation whose signatures <see cref="ChatRequestTranslator"/> will look for, the oldest first.</summary>
    public static IReadOnlyList<UnsignedCall> In(ChatCompletionRequest request)
    {
        List<UnsignedCall>? unsigned = null;
        ToolNameMap? names = null;
        foreach (var message in request.Messages)
        {
            for (var i = 0; i < message.ToolCalls.Count; i++)
            {
                var call = message.ToolCalls[i];
                if (CallSignature.Carried(call, i == 0 ? message.ThoughtSignature : null) is null)
                {
                    names ??= NamesOf(request);
                    (unsigned ??= []).Add(new UnsignedCall(call, i == 0 ? names.Of(call.Name) : null));
                }
            }
        }

        return unsigned ?? (IReadOnlyList<UnsignedCall>)[];
    }

    // In the order of the tools, which decides what names that Gemini does not take become.
    private static ToolNameMap NamesOf(ChatCompletionRequest request)
    {
        var names = new ToolNameMap(request.Tools);
        foreach (var tool in request.Tools.Where(tool => tool.Kind is not ChatToolKind.BuiltIn))
        {
            names.Declare(tool.Name);
        }

        return names;
    }
}
