using System.Buffers;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>The events of one Gemini stream to those of a response. One per upstream stream; not thread safe.</summary>
/// <remarks>The last event is written apart, once it is known whether the response was stored.</remarks>
public sealed class ResponsesStreamTranslator : IAnswerStreamTranslator
{
    private readonly ResponsesAnswerContext context;
    private readonly ResponsesEvents events = new();
    private readonly OutputBuilder builder;
    private ResponseState? end;
    private bool hasBegun;

    public ResponsesStreamTranslator(ResponsesAnswerContext context)
    {
        this.context = context;
        builder = new OutputBuilder(context, events);
    }

    public UsageMetadata? Usage => builder.Usage;

    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        events.WriteTo(output);
        Begin();
        builder.Take(chunk);
    }

    /// <summary>Closes all items; see <see cref="End"/> for what follows.</summary>
    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        events.WriteTo(output);
        end = hasBegun ? builder.Complete() : null;
        return end is not null;
    }

    /// <summary>The response of a stream that was completed.</summary>
    /// <param name="completedAt">Unix seconds.</param>
    public ResponsesAnswer End(long completedAt) =>
        new(context, ResponsesAnswer.Finish(builder, end ?? throw new InvalidOperationException("The stream is not complete."), completedAt));

    /// <summary>Writes the event that ends the stream. Nothing may follow.</summary>
    public void WriteEnd(ResponsesAnswer answer, bool isStored, IBufferWriter<byte> output)
    {
        events.WriteTo(output);
        var writer = events.Begin(answer.EndEvent);
        writer.WritePropertyName("response"u8);
        answer.WriteTo(writer, isStored);
        events.End();
    }

    /// <summary>Ends a stream that has begun and cannot be completed: what went wrong, then the response as far as it came. Nothing may follow.</summary>
    public void WriteFailure(OpenAIError error, IBufferWriter<byte> output)
    {
        events.WriteTo(output);
        Begin();
        var writer = events.Begin("error");
        writer.WriteString("code"u8, error.Code ?? error.Type);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("param"u8, error.Param);
        events.End();
        WriteResponse("response.failed", new ResponseState("failed") { Error = error, Output = builder.Items, Usage = builder.Usage });
    }

    private void Begin()
    {
        if (!hasBegun)
        {
            hasBegun = true;
            WriteResponse("response.created", ResponseState.InProgress with { IsStored = context.IsStored });
            WriteResponse("response.in_progress", ResponseState.InProgress with { IsStored = context.IsStored });
        }
    }

    private void WriteResponse(string type, ResponseState state)
    {
        var writer = events.Begin(type);
        writer.WritePropertyName("response"u8);
        ResponseObjectWriter.Write(writer, context, state);
        events.End();
    }
}
