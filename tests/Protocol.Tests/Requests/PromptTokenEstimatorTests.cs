using System.Text;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Estimates of input tokens: never below what a tokenizer would count for plain prompts, and near it.</summary>
public sealed class PromptTokenEstimatorTests
{
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10, 35)]
    [InlineData("你好，世界。今天天气怎么样？", 14, 35)]
    [InlineData("😀😀😀", 3, 25)]
    public void Estimate_Text_IsNearAndNotBelow(string text, long atLeast, long atMost) =>
        Assert.InRange(Estimate($$"""{"contents":[{"role":"user","parts":[{"text":"{{text}}"}]}]}"""), atLeast, atMost);

    [Fact]
    public void Estimate_LongAsciiText_IsItsLengthByThreeAndAHalf() =>
        Assert.InRange(Estimate($$"""{"contents":[{"parts":[{"text":"{{new string('a', 35_000)}}"}]}]}"""), 10_000, 10_020);

    [Fact]
    public void Estimate_LongTextBeyondAscii_IsItsCharacters() =>
        Assert.InRange(Estimate($$"""{"contents":[{"parts":[{"text":"{{new string('好', 10_001)}}"}]}]}"""), 10_001, 10_020);

    [Theory]
    [InlineData("inlineData", "mimeType", "image/png", 1_000_000, 1_290)]
    [InlineData("inline_data", "mime_type", "image/jpeg", 400, 1_290)]
    [InlineData("inlineData", "mimeType", "audio/wav", 4_000_000, 3_000)]
    [InlineData("inlineData", "mimeType", "audio/mp3", 4_000_000, 24_000)]
    [InlineData("inlineData", "mimeType", "video/mp4", 4_000_000, 15_000)]
    [InlineData("inlineData", "mimeType", "application/pdf", 4_000_000, 30_000)]
    [InlineData("inlineData", "mimeType", "text/plain", 4_000, 750)]
    public void Estimate_Media_IsByKindNotByCharacters(string data, string type, string mimeType, int characters, long expected)
    {
        var first = $$$"""{"contents":[{"parts":[{"{{{data}}}":{"{{{type}}}":"{{{mimeType}}}","data":"{{{new string('A', characters)}}}"}}]}]}""";
        var last = $$$"""{"contents":[{"parts":[{"{{{data}}}":{"data":"{{{new string('A', characters)}}}","{{{type}}}":"{{{mimeType}}}"}}]}]}""";

        Assert.InRange(Estimate(first), expected, expected + 20);
        Assert.Equal(Estimate(first), Estimate(last));
    }

    [Fact]
    public void Estimate_File_IsAConstant() =>
        Assert.InRange(Estimate("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/x"}}]}]}"""), 3_000, 3_020);

    [Fact]
    public void Estimate_SystemAndTools_Count() =>
        Assert.True(
            Estimate("""{"contents":[{"parts":[{"text":"hi"}]}],"systemInstruction":{"parts":[{"text":"be kind and brief"}]},"tools":[{"functionDeclarations":[{"name":"weather"}]}]}""")
            > Estimate("""{"contents":[{"parts":[{"text":"hi"}]}]}""") + 10);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":7},{"inlineData":{"data":{"a":[1]}}},{"fileData":null}""")]
    public void Estimate_BrokenJson_IsAQuarterOfItsBytes(string body) => Assert.Equal((body.Length / 4) + 1, Estimate(body));

    [Fact]
    public void Estimate_BytesThatAreNoUtf8_DoNotThrow()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var body = Encoding.UTF8.GetBytes("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}},{"text":"hello"}]}]}""");
            body[random.Next(body.Length)] = (byte)random.Next(256);

            Assert.InRange(PromptTokenEstimator.Estimate(body), 1, 4_000);
        }
    }

    [Fact]
    public void Estimate_LargeBody_AllocatesNothing()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"contents":[{"parts":[{"text":"{{{new string('a', 100_000)}}}"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}""");
        PromptTokenEstimator.Estimate(body);
        var before = GC.GetAllocatedBytesForCurrentThread();

        PromptTokenEstimator.Estimate(body);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static long Estimate(string body) => PromptTokenEstimator.Estimate(Encoding.UTF8.GetBytes(body));
}
