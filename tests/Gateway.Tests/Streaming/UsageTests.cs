using System.Text;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>Tokens that the upstream does not tell are not zero: the pool would give back what a call was charged.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("""{"promptTokenCount":4,"toolUsePromptTokenCount":3,"candidatesTokenCount":2,"thoughtsTokenCount":1}""", 7, 3)]
    [InlineData("""{"promptTokenCount":4,"thoughtsTokenCount":1}""", 4, 1)]
    [InlineData("""{"promptTokenCount":4,"totalTokenCount":4}""", 4, null)]
    [InlineData("""{"totalTokenCount":4000}""", null, null)]
    [InlineData("""{"toolUsePromptTokenCount":3,"candidatesTokenCount":2}""", null, 2)]
    [InlineData("""{"promptTokenCount":"many"}""", null, null)]
    [InlineData("{}", null, null)]
    public void Scan_Usage_TellsWhatIsTold(string usage, int? prompt, int? output)
    {
        var native = GeminiScan.Scan(Encoding.UTF8.GetBytes($$"""{"usageMetadata":{{usage}}}"""));
        var live = LiveFacts.Read(Encoding.UTF8.GetBytes($$"""{"usageMetadata":{{usage.Replace("candidates", "response", StringComparison.Ordinal)}}}"""));

        Assert.Equal((prompt, output), (native.PromptTokens, native.OutputTokens));
        Assert.Equal((prompt, output), (live.PromptTokens, live.OutputTokens));
    }

    [Fact]
    public void Add_LaterEventThatTellsNothing_KeepsWhatIsKnown()
    {
        var facts = GeminiScan.Scan("""{"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2}}"""u8);
        facts.Add(GeminiScan.Scan("""{"usageMetadata":{"candidatesTokenCount":5}}"""u8));

        Assert.Equal((4, 5), (facts.PromptTokens, facts.OutputTokens));
    }

    [Fact]
    public void Scan_NameWithHalfASurrogatePair_IsMalformed() => Assert.True(GeminiScan.Scan("""{"\ud800":1,"candidates":[]}"""u8).IsMalformed);

    [Theory]
    [InlineData("/v1beta/models/gemini-x:generateContent", "{}")]
    [InlineData("/v1/chat/completions", """{"model":"gemini-x","messages":[{"role":"user","content":"Hi"}]}""")]
    public async Task Call_AnswerWithoutAPromptCount_KeepsItsCharge(string path, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok.Replace("\"promptTokenCount\": 4,", "", StringComparison.Ordinal));

        using var response = await gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Null(Assert.Single(gateway.Pool.Settled).Outcome.PromptTokens);
    }
}
