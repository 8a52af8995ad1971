using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The calls of one choice, each passed on when it is whole, in the order they began.</summary>
internal sealed class CallAssembly
{
    private OpenCall? open;

    /// <summary>Takes a part that holds a call, or a piece of the one that is open; a call that begins ends the one before.</summary>
    public void Take(ResponsePart part, ResponseFunctionCall call, Action<ResponsePart> write)
    {
        if (ToolCallWriter.IsCall(part))
        {
            Close(write);
            if (!OpenCall.IsNeeded(call))
            {
                write(part);
                return;
            }

            open = new OpenCall(part);
        }

        open?.Add(call);
        if (call.WillContinue is not true)
        {
            Close(write);
        }
    }

    /// <summary>Passes on the call whose arguments were coming, if there is one: nothing more comes for it.</summary>
    public void Close(Action<ResponsePart> write)
    {
        if (open is { } whole)
        {
            open = null;
            write(whole.Close());
        }
    }
}
