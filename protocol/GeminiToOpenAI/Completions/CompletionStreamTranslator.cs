using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The events of one Gemini stream to chunks of one choice of a <c>text_completion</c>. One per upstream stream; not thread safe.</summary>
/// <param name="context">What the chunks need to know of the request.</param>
/// <param name="choice">The choice's index.</param>
/// <param name="echo">What the choice begins with; may be empty.</param>
public sealed class CompletionStreamTranslator(CompletionAnswerContext context, int choice, string echo) : IAnswerStreamTranslator
{
    private bool hasEchoed = echo.Length == 0;
    private bool hasText;
    private bool isBlocked;
    private int textLength;
    private Candidate? last;

    public UsageMetadata? Usage { get; private set; }

    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        Usage = chunk.UsageMetadata ?? Usage;
        isBlocked |= chunk.PromptFeedback?.BlockReason is not null;
        if (chunk.Candidates is not [{ } candidate, ..])
        {
            return;
        }

        last = candidate.FinishReason is null ? last : candidate;
        var text = new ArrayBufferWriter<byte>();
        foreach (var piece in CompletionWriter.TextsOf(candidate))
        {
            text.Write(piece.Span);
        }

        if (text.WrittenCount > 0)
        {
            Echo(output);
            WriteChunk(output, text.WrittenSpan, candidate.LogprobsResult, finish: null);
            textLength += CompletionLogprobs.LengthOf(text.WrittenSpan);
            hasText = true;
        }
    }

    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        var failed = last?.FinishReason is not { } finish || (!hasText && FinishReasons.ClassOf(finish.Reason) == FinishClass.Failure);
        if (failed && !isBlocked)
        {
            return false;
        }

        Echo(output);
        WriteChunk(output, default, null, CompletionWriter.FinishOf(last, isBlocked));
        if (writeDone)
        {
            WriteEnd(context, Usage, output);
        }

        return true;
    }

    /// <summary>Ends an answer that was made of several streams.</summary>
    /// <param name="usages">The usage of each.</param>
    public static void WriteEnd(CompletionAnswerContext context, IEnumerable<UsageMetadata> usages, IBufferWriter<byte> output) =>
        WriteEnd(context, TokenCounts.Sum(usages), output);

    private static void WriteEnd(CompletionAnswerContext context, UsageMetadata? usage, IBufferWriter<byte> output)
    {
        if (context.IncludeUsage && usage is not null)
        {
            output.Write("data: "u8);
            using (var writer = new Utf8JsonWriter(output, ChatJson.Options))
            {
                CompletionWriter.WriteHead(writer, context);
                writer.WriteEndArray();
                UsageWriter.Write(writer, usage);
                writer.WriteEndObject();
            }

            output.Write("\n\n"u8);
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    private void Echo(IBufferWriter<byte> output)
    {
        if (!hasEchoed)
        {
            hasEchoed = true;
            WriteChunk(output, Encoding.UTF8.GetBytes(echo), null, finish: null);
        }
    }

    private void WriteChunk(IBufferWriter<byte> output, ReadOnlySpan<byte> text, LogprobsResult? logprobs, string? finish)
    {
        output.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(output, ChatJson.Options))
        {
            CompletionWriter.WriteHead(writer, context);
            CompletionWriter.WriteChoice(writer, choice, text, logprobs, textLength, finish);
            writer.WriteEndArray();
            if (context.IncludeUsage)
            {
                writer.WriteNull("usage"u8);
            }

            writer.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }
}
