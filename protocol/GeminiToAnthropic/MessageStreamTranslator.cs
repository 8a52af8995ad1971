using System.Buffers;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>The events of one Gemini stream to those of a message. One per upstream stream; not thread safe.</summary>
/// <remarks>What ends the message is held back until the stream ends: the finish may come again or late, usage and searches grow.</remarks>
public sealed class MessageStreamTranslator : IAnswerStreamTranslator
{
    private readonly MessageAnswerContext context;
    private readonly MessageEvents events = new();
    private readonly MessageBlocks blocks;
    private readonly SearchTrail search = new();
    private bool started;
    private PromptFeedback? blocked;
    private CandidateFinish? finish;
    private string? finishMessage;

    public MessageStreamTranslator(MessageAnswerContext context)
    {
        this.context = context;
        blocks = new MessageBlocks(context, new StreamBlocks(events));
    }

    /// <summary>An event that keeps a silent connection open.</summary>
    public static ReadOnlySpan<byte> Ping => "event: ping\ndata: {\"type\":\"ping\"}\n\n"u8;

    /// <summary>The last seen, which is the sum so far; null before the first.</summary>
    public UsageMetadata? Usage { get; private set; }

    /// <summary>Writes an error in a stream that has begun. Nothing may follow.</summary>
    public static void WriteError(AnthropicError error, IBufferWriter<byte> output)
    {
        output.Write("event: error\ndata: "u8);
        error.WriteTo(output);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes zero or more events.</summary>
    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        Usage = chunk.UsageMetadata ?? Usage;
        blocked = chunk.PromptFeedback is { BlockReason: not null } feedback ? feedback : blocked;
        Begin(output);
        if (chunk.Candidates?.Find(candidate => candidate is { Index: null or 0 }) is not { } first)
        {
            return;
        }

        var parts = first.Content?.Parts;
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            if (parts![i] is { } part)
            {
                blocks.Add(part);
            }
        }

        finish = first.FinishReason ?? finish;
        finishMessage = first.FinishMessage ?? finishMessage;
        search.Add(first.GroundingMetadata);
    }

    /// <summary>Ends the message after the upstream's end.</summary>
    /// <param name="writeDone">Without effect: no other stream goes on in a message.</param>
    /// <returns>False, with nothing written, when the upstream ended without a finish (cut), or failed without output: send an error event.</returns>
    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        var isBroken = finish is null || (FinishReasons.ClassOf(finish.Reason) == FinishClass.Failure && !blocks.SawOutput);
        if (isBroken && blocked is null)
        {
            return false;
        }

        Begin(output);
        blocks.Cite(search);
        blocks.AddSearch(search);
        blocks.Complete();
        var writer = events.Begin(MessageEvents.Delta);
        writer.WriteStartObject("delta"u8);
        MessageEnd.Of(finish, finishMessage, blocked, blocks.Calls > 0).WriteTo(writer);
        writer.WriteEndObject();
        MessageUsage.Write(writer, Usage, search.Queries);
        events.End();
        events.Begin(MessageEvents.Stop);
        events.End();
        return true;
    }

    private void Begin(IBufferWriter<byte> output)
    {
        events.WriteTo(output);
        if (started)
        {
            return;
        }

        started = true;
        var writer = events.Begin(MessageEvents.Start);
        writer.WriteStartObject("message"u8);
        writer.WriteString("id"u8, $"msg_{context.AnswerId}");
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("model"u8, context.RequestedModel);
        writer.WriteStartArray("content"u8);
        writer.WriteEndArray();
        writer.WriteNull("stop_reason"u8);
        writer.WriteNull("stop_sequence"u8);
        MessageUsage.Write(writer, Usage, 0);
        writer.WriteEndObject();
        events.End();
    }
}
