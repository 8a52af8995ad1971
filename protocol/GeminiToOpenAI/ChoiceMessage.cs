using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The parts of one whole candidate, sorted by where they go in a message.</summary>
internal sealed class ChoiceMessage
{
    private CallAssembly? assembly;

    private ChoiceMessage(Candidate? candidate, bool imagesAsMarkdown)
    {
        Finish = candidate?.FinishReason;
        var parts = candidate?.Content?.Parts ?? [];
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is { } part)
            {
                Sort(part, i, imagesAsMarkdown);
            }
        }

        assembly?.Close(Calls.Add);
    }

    /// <summary>With the index of each among all parts.</summary>
    public List<(ResponsePart Part, int Index)> Content { get; } = [];

    public List<ResponsePart> Thoughts { get; } = [];

    public List<ResponsePart> Calls { get; } = [];

    public List<ResponsePart> Images { get; } = [];

    public List<ResponsePart> Audio { get; } = [];

    /// <summary>Of a part that is no call: good to send back, no harm when lost. Not to be shown beside calls, for which clients would send it back.</summary>
    public string? Signature { get; private set; }

    public CandidateFinish? Finish { get; }

    public bool HasOutput => Content.Count + Calls.Count + Images.Count + Audio.Count > 0;

    public static ChoiceMessage Of(Candidate? candidate, bool imagesAsMarkdown) => new(candidate, imagesAsMarkdown);

    private void Sort(ResponsePart part, int index, bool imagesAsMarkdown)
    {
        if (part.FunctionCall is { } call)
        {
            (assembly ??= new CallAssembly()).Take(part, call, Calls.Add);
            return;
        }

        Signature = part.ThoughtSignature ?? Signature;
        if (part.Thought is true)
        {
            if (!part.Text.IsEmpty)
            {
                Thoughts.Add(part);
            }
        }
        else if (AudioWriter.IsAudio(part))
        {
            Audio.Add(part);
        }
        else if (!imagesAsMarkdown && ImageWriter.IsImage(part))
        {
            Images.Add(part);
        }
        else if (ContentWriter.IsContent(part))
        {
            Content.Add((part, index));
        }
    }
}
