using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Budgets of the path every request takes, in bytes of memory.</summary>
public sealed class AllocationTests
{
    private const int SimpleChatBudget = 4_000;
    private const int Runs = 100;

    [Fact]
    public void Translate_SimpleChat_StaysWithinItsBudget()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"model":"gemini-2.5-flash","messages":[{"role":"system","content":"You are helpful."},{"role":"user","content":"Hello!"}],"temperature":0.7,"stream":true}
            """);
        var buffer = new ArrayBufferWriter<byte>(4_096);
        Run(body, buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Runs; i++)
        {
            Run(body, buffer);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Runs, 1, SimpleChatBudget);
    }

    [Fact]
    public void Translate_LargePicture_CopiesItOnce()
    {
        const int PictureChars = 4_000_000;
        var body = Encoding.UTF8.GetBytes($$$"""
            {"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{new string('A', PictureChars)}}}"}}]}]}
            """);
        var buffer = new ArrayBufferWriter<byte>(PictureChars + 4_096);
        Run(body, buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(body, buffer);

        // One string of two bytes per character; the part is a slice of it.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, PictureChars * 2, (PictureChars * 2) + 50_000);
    }

    private static void Run(byte[] body, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        var request = OpenAIRequestReader.ReadChat(body);
        _ = RemoteMedia.Find(request);
        ChatRequestTranslator.Translate(request, new ChatTranslationOptions { Model = ModelName.Normalize(request.Model) }).WriteTo(buffer);
    }
}
