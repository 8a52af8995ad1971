using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>The parts of one candidate to blocks, part by part as they come.</summary>
/// <remarks>
/// A thought signature stands in the thinking block right before the part it came with, where the request reader looks for it. A call whose
/// thoughts are not there gets an empty block for it; a text does not, for which Gemini can do without.
/// </remarks>
internal sealed class MessageBlocks(MessageAnswerContext context, IBlockSink sink)
{
    private readonly CallAssembly assembly = new();
    private readonly ContentMap map = new();
    private ContentTail tail;
    private BlockKind open;

    /// <summary>Calls seen, whether passed on or not.</summary>
    public int Calls { get; private set; }

    /// <summary>Anything but thoughts.</summary>
    public bool SawOutput { get; private set; }

    public void Add(ResponsePart part)
    {
        if (part.FunctionCall is { } call)
        {
            assembly.Take(part, call, WriteCall);
        }
        else if (part.Thought is true)
        {
            AddThought(part);
        }
        else
        {
            if (open is BlockKind.Thinking && part.ThoughtSignature is { Length: > 0 } signature)
            {
                EndThinking(signature);
            }

            AddText(part);
        }
    }

    /// <summary>Writes the blocks of the search behind the answer, if there was one.</summary>
    public void AddSearch(SearchTrail search)
    {
        if (!search.IsEmpty)
        {
            CloseBlock();
            sink.WriteSearch($"srvtoolu_{context.AnswerId}", search.Query, search.Sources);
        }
    }

    /// <summary>Lets the text that is open cite what was found.</summary>
    public void Cite(SearchTrail search)
    {
        if (open is BlockKind.Text && search.Sources.Count > 0)
        {
            sink.Cite(search.Sources);
            sink.Close();
            open = BlockKind.None;
        }
    }

    /// <summary>Ends what is open: nothing more comes.</summary>
    public void Complete()
    {
        assembly.Close(WriteCall);
        CloseBlock();
    }

    private void AddThought(ResponsePart part)
    {
        if (part.Text.IsEmpty || !context.WithThinking)
        {
            return;
        }

        Open(BlockKind.Thinking);
        sink.AddThinking(part.Text.Span);
        if (part.ThoughtSignature is { Length: > 0 } signature)
        {
            EndThinking(signature);
        }
    }

    private void AddText(ResponsePart part)
    {
        if (!ContentWriter.IsContent(part))
        {
            return;
        }

        Open(BlockKind.Text);
        tail = ContentWriter.WriteSegments(sink.BeginText(), part, tail, map);
        sink.EndText();
        SawOutput = true;
    }

    private void WriteCall(ResponsePart part)
    {
        var number = Calls++;
        SawOutput = true;
        if (number > 0 && !context.AllowsParallelToolCalls)
        {
            return;
        }

        var id = $"toolu_{context.AnswerId}_{number}";
        if (part.ThoughtSignature is { Length: > 0 } signature)
        {
            context.Signatures.Keep(id, CallFingerprint.Of(part.FunctionCall!), signature);
            if (context.WithThinking)
            {
                Open(BlockKind.Thinking);
                EndThinking(signature);
            }
        }

        CloseBlock();
        var name = part.FunctionCall!.Name!;
        sink.WriteToolUse(id, context.ToolNames.GetValueOrDefault(name, name), part.FunctionCall.Args);
    }

    private void Open(BlockKind kind)
    {
        if (open == kind)
        {
            return;
        }

        CloseBlock();
        open = kind;
        tail = ContentTail.Nothing;
        if (kind is BlockKind.Text)
        {
            sink.OpenText();
        }
        else
        {
            sink.OpenThinking();
        }
    }

    private void EndThinking(string? signature)
    {
        sink.Sign(BlockSignature.Wrap(signature));
        sink.Close();
        open = BlockKind.None;
    }

    private void CloseBlock()
    {
        if (open is BlockKind.Thinking)
        {
            EndThinking(null);
        }
        else if (open is BlockKind.Text)
        {
            sink.Close();
            open = BlockKind.None;
        }
    }
}
