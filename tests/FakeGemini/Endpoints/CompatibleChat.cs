using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>openai/chat/completions</c>, in the shapes Google's compatible endpoint has been recorded with: thoughts inside the content, usage in every
/// chunk, a tool call whole in one chunk that ends with <c>stop</c>.</summary>
internal sealed class CompatibleChat(AnswerIds ids, FakeStats stats, TimeProvider time)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = GoogleEncoder.Instance, SkipValidation = true };
    private readonly PlanBuilder builder = new(ids);

    public async Task AnswerAsync(FakeCall call, FakeModel model, JsonElement request, AnswerBody output)
    {
        var plan = builder.Build(model, CompatiblePrompt.Read(request), call.Knob?.Empty == true);
        stats.Tokens(plan.PromptTokens, plan.OutputTokens);
        await output.DelayAsync(plan.FirstByteDelayMs);
        var whole = plan.BlockReason is null ? plan.Whole() : new AnswerEvent([]) { FinishReason = "SAFETY" };
        if (!request.IsTrue("stream"))
        {
            await output.SendAsync(200, "application/json; charset=UTF-8", GoogleJson.Pretty(writer => Write(writer, plan, whole, isChunk: false, TokensOf(whole))));
            return;
        }

        await StreamAsync(plan, plan.BlockReason is null ? plan.Events : [whole], output);
    }

    private async Task StreamAsync(AnswerPlan plan, IReadOnlyList<AnswerEvent> events, AnswerBody output)
    {
        if (!await output.StartAsync(200, "text/event-stream", length: null))
        {
            return;
        }

        long tokens = 0;
        for (var index = 0; index < events.Count && !output.IsOver; index++)
        {
            await output.DelayAsync(index > 0 ? plan.EventDelayMs : 0);
            tokens += TokensOf(events[index]);
            var buffer = new ArrayBufferWriter<byte>(1024);
            buffer.Write("data: "u8);
            using (var writer = new Utf8JsonWriter(buffer, Compact))
            {
                Write(writer, plan, events[index], isChunk: true, tokens);
            }

            buffer.Write("\n\n"u8);
            await output.WriteEventAsync(buffer.WrittenMemory);
        }

        await output.WriteEventAsync("data: [DONE]\n\n"u8.ToArray());
    }

    private static long TokensOf(AnswerEvent one) => one.Parts.Where(part => !part.IsThought).Sum(part => (long)part.Tokens);

    private static string? Finish(AnswerEvent one, bool isChunk) => one.FinishReason switch
    {
        null => null,
        "STOP" => !isChunk && one.Parts.Any(part => part.CallName is not null) ? "tool_calls" : "stop",
        "MAX_TOKENS" => "length",
        _ => "content_filter",
    };

    private void Write(Utf8JsonWriter writer, AnswerPlan plan, AnswerEvent one, bool isChunk, long tokens)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("choices");
        for (var index = 0; index < (isChunk ? 1 : plan.Candidates); index++)
        {
            WriteChoice(writer, one, isChunk, index);
        }

        writer.WriteEndArray();
        writer.WriteNumber("created", time.GetUtcNow().ToUnixTimeSeconds());
        writer.WriteString("id", plan.ResponseId);
        writer.WriteString("model", plan.Model.Name);
        writer.WriteString("object", isChunk ? "chat.completion.chunk" : "chat.completion");
        writer.WriteStartObject("usage");
        writer.WriteNumber("completion_tokens", tokens);
        writer.WriteNumber("prompt_tokens", plan.PromptTokens);
        writer.WriteNumber("total_tokens", plan.PromptTokens + plan.OutputTokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteChoice(Utf8JsonWriter writer, AnswerEvent one, bool isChunk, int index)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(isChunk ? "delta" : "message");
        var text = string.Concat(one.Parts.Where(part => part.Text is not null).Select(part => part.IsThought ? $"<thought>{part.Text}</thought>" : part.Text));
        if (text.Length > 0)
        {
            writer.WriteString("content", text);
        }

        writer.WriteString("role", "assistant");
        if (one.Parts.Any(part => part.CallName is not null))
        {
            WriteCalls(writer, one, isChunk);
        }

        writer.WriteEndObject();
        if (Finish(one, isChunk) is { } finish)
        {
            writer.WriteString("finish_reason", finish);
        }

        writer.WriteNumber("index", index);
        writer.WriteEndObject();
    }

    private void WriteCalls(Utf8JsonWriter writer, AnswerEvent one, bool isChunk)
    {
        writer.WriteStartArray("tool_calls");
        foreach (var part in one.Parts.Where(part => part.CallName is not null))
        {
            var arguments = new ArrayBufferWriter<byte>();
            using (var inner = new Utf8JsonWriter(arguments, Compact))
            {
                part.CallArguments!(inner);
            }

            writer.WriteStartObject();
            if (part.Signature is not null)
            {
                writer.WriteStartObject("extra_content");
                writer.WriteStartObject("google");
                writer.WriteString("thought_signature", part.Signature);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteStartObject("function");
            writer.WriteString("arguments", arguments.WrittenSpan);
            writer.WriteString("name", part.CallName);
            writer.WriteEndObject();
            writer.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"function-call-{ids.NextNumber()}"));
            if (isChunk)
            {
                // Seen upstream: every parallel call claims the first place.
                writer.WriteNumber("index", 0);
            }

            writer.WriteString("type", "function");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
