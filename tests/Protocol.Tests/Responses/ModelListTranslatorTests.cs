using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ModelListTranslatorTests
{
    [Fact]
    public void WriteList_Pages_AreOneListWithoutPrefixOrRepeats()
    {
        var first = GeminiAnswerReader.ReadModels("""
            {"models":[{"name":"models/gemini-2.5-flash","inputTokenLimit":1048576,"supportedGenerationMethods":["generateContent"],"thinking":true},{},null],
             "nextPageToken":"next"}
            """u8);
        var second = GeminiAnswerReader.ReadModels("""{"models":[{"name":"models/gemini-2.5-flash"},{"name":"tunedModels/x"}]}"""u8);
        var output = new ArrayBufferWriter<byte>();

        ModelListTranslator.WriteList(first.Models!.Concat(second.Models!), output);

        Assert.Equal("next", first.NextPageToken);
        Assert.Null(second.NextPageToken);
        Assert.Equal(["generateContent"], first.Models![0]!.SupportedGenerationMethods!);
        Assert.Equal(
            """{"object":"list","data":[{"id":"gemini-2.5-flash","object":"model","created":1700000000,"owned_by":"google"},{"id":"tunedModels/x","object":"model","created":1700000000,"owned_by":"google"}]}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void WriteModel_OneModel_KeepsTheClientsSpelling()
    {
        var output = new ArrayBufferWriter<byte>();

        ModelListTranslator.WriteModel("models/gemini-2.5-flash", output);

        Assert.Equal("""{"id":"models/gemini-2.5-flash","object":"model","created":1700000000,"owned_by":"google"}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
