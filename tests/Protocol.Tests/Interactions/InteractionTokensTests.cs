using System.Text;
using GeminiBalance.Protocol.Interactions;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Interactions;

public sealed class InteractionTokensTests
{
    [Theory]
    [InlineData("""{"type":"image","data":"<here>","mime_type":"image/png"}""", 1_290)]
    [InlineData("""{"mime_type":"audio/wav","type":"audio","data":"<here>"}""", 3_000)]
    [InlineData("""{"type":"audio","mime_type":"audio/mp3","data":"<here>"}""", 24_000)]
    [InlineData("""{"type":"video","uri":"https://example.com/v.mp4","mime_type":"video/mp4"}""", 3_000)]
    public void Estimate_CountsMediaByTheirKind(string block, long tokens) =>
        Assert.InRange(Estimate($$"""{"model":"gemini-x","input":[{"type":"user_input","content":[{{block.Replace("<here>", new string('A', 4_000_000), StringComparison.Ordinal)}}]}]}"""), tokens, tokens + 100);

    [Theory]
    [InlineData("""{"model":"gemini-x","input":"How are you? I hope that you are well."}""")]
    [InlineData("""{"model":"gemini-x","input":[{"type":"function_result","result":{"data":"plain text that is no medium"}}]}""")]
    [InlineData("""{"model":"gemini-x","input":""")]
    public void Estimate_OfText_IsThatOfEveryOtherRequest(string body) => Assert.Equal(PromptTokenEstimator.Estimate(Encoding.UTF8.GetBytes(body)), Estimate(body));

    private static long Estimate(string body) => InteractionTokens.Estimate(Encoding.UTF8.GetBytes(body));
}
