using System.Buffers;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>:generateContent</c> and <c>:streamGenerateContent</c>.</summary>
internal sealed class GenerateContent(AnswerIds ids, FakeStats stats)
{
    private readonly PlanBuilder builder = new(ids);

    public async Task AnswerAsync(FakeCall call, FakeModel model, JsonElement request, AnswerBody output)
    {
        var plan = builder.Build(model, NativePrompt.Read(request), call.Knob?.Empty == true);
        stats.Tokens(plan.PromptTokens, plan.OutputTokens);
        stats.Signatures.Add(request);
        await output.DelayAsync(plan.FirstByteDelayMs);
        if (call.IsEventStream || call.IsArrayStream)
        {
            await StreamAsync(call, plan, output);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        var writer = new AnswerWriter(plan);
        GoogleJson.Pretty(buffer, json => writer.Write(json, plan.BlockReason is null ? plan.Whole() : null));
        await output.SendAsync(200, "application/json; charset=UTF-8", buffer.WrittenMemory);
    }

    private static async Task StreamAsync(FakeCall call, AnswerPlan plan, AnswerBody output)
    {
        call.Context.Response.Headers.ContentDisposition = "attachment";
        if (!await output.StartAsync(200, call.IsEventStream ? "text/event-stream" : "application/json; charset=UTF-8", length: null))
        {
            return;
        }

        var writer = new AnswerWriter(plan);
        AnswerEvent?[] events = plan.BlockReason is null ? [.. plan.Events] : [null];
        for (var index = 0; index < events.Length && !output.IsOver; index++)
        {
            await output.DelayAsync(index > 0 ? plan.EventDelayMs : 0);
            await output.WriteEventAsync(call.IsEventStream ? Event(call, writer, events[index]) : Element(writer, events[index], isFirst: index == 0, isLast: index == events.Length - 1));
        }
    }

    private static ReadOnlyMemory<byte> Event(FakeCall call, AnswerWriter writer, AnswerEvent? one)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.Write("data: "u8);
        GoogleJson.Line(buffer, json => writer.Write(json, one));
        buffer.Write(call.Knob?.LineFeedOnly == true ? "\n\n"u8 : "\r\n\r\n"u8);
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Element(AnswerWriter writer, AnswerEvent? one, bool isFirst, bool isLast)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.Write(isFirst ? "["u8 : ",\r\n"u8);
        GoogleJson.Pretty(buffer, json => writer.Write(json, one));
        if (isLast)
        {
            buffer.Write("]"u8);
        }

        return buffer.WrittenMemory;
    }
}
