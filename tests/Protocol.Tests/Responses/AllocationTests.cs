using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Streaming;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Bytes allocated on the hot paths. A budget that grows needs a reason.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 1000;

    private static readonly byte[] TextEvent = Encoding.UTF8.GetBytes("""
        {"candidates": [{"content": {"parts": [{"text": "The capital of Mexico is a large city."}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 55,"candidatesTokenCount": 4,"totalTokenCount": 59,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 55}]},"modelVersion": "gemini-3-pro-preview","responseId": "REVVabaiCdq4qtsPnZu96Qo"}
        """);

    [Fact]
    public void TextChunk_Translated_AllocatesNextToNothing()
    {
        var chunk = GeminiAnswerReader.Read(TextEvent);
        var translator = new ChatStreamTranslator(Answers.Context());
        var output = new ArrayBufferWriter<byte>(1 << 20);

        // What remains is the list of texts that annotations are resolved against.
        AssertBudget(64, () =>
        {
            translator.Translate(chunk, output);
            output.ResetWrittenCount();
        });
    }

    // Most of it is the serializer's own stack of frames, which it allocates anew for each call.
    [Fact]
    public void TextChunk_Read_StaysInItsBudget() => AssertBudget(2400, () => GeminiAnswerReader.Read(TextEvent));

    [Fact]
    public void Events_Parsed_AllocateNothing()
    {
        var parser = new GeminiStreamParser(1 << 20);
        byte[] bytes = [.. "data: "u8, .. TextEvent, .. "\r\n\r\n"u8];

        AssertBudget(0, () =>
        {
            parser.Append(bytes);
            Assert.True(parser.TryRead(out _));
        });
    }

    [Fact]
    public void SmallAnswer_Translated_StaysInItsBudget()
    {
        var answer = Answers.Read("""
            {"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}
            """);
        var context = Answers.Context();
        var output = new ArrayBufferWriter<byte>(1 << 16);

        AssertBudget(960, () =>
        {
            ChatResponseTranslator.Write(answer, context, output);
            output.ResetWrittenCount();
        });
    }

    private static void AssertBudget(long bytesMax, Action act)
    {
        for (var i = 0; i < Rounds; i++)
        {
            act();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            act();
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Assert.True(bytes <= bytesMax, $"{bytes} bytes, at most {bytesMax}.");
    }
}
