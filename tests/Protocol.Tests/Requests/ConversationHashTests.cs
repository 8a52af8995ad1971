using System.Text;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>The same for all requests of one conversation, another for others.</summary>
public sealed class ConversationHashTests
{
    private const string First = """{"systemInstruction":{"parts":[{"text":"rules"}]},"contents":[{"role":"user","parts":[{"text":"hello"}]}]}""";

    [Theory]
    [InlineData("""{"systemInstruction":{"parts":[{"text":"rules"}]},"contents":[{"role":"user","parts":[{"text":"hello"}]},{"role":"model","parts":[{"text":"hi"}]},{"role":"user","parts":[{"text":"more"}]}]}""")]
    [InlineData("""{ "contents" : [ {"role":"user", "parts":[{"text":"hello"}]} ], "generationConfig":{"temperature":1}, "system_instruction" : {"parts":[ {"text":"rules"} ]} }""")]
    [InlineData("""{"contents":[{"role":"model","parts":[{"text":"welcome"}]},{"role":"user","parts":[{"text":"hello"}]}],"systemInstruction":{"parts":[{"text":"rules"}]}}""")]
    public void Of_SameConversation_IsTheSame(string later) => Assert.Equal(Of(First), Of(later));

    [Theory]
    [InlineData("""{"systemInstruction":{"parts":[{"text":"other"}]},"contents":[{"role":"user","parts":[{"text":"hello"}]}]}""")]
    [InlineData("""{"systemInstruction":{"parts":[{"text":"rules"}]},"contents":[{"role":"user","parts":[{"text":"hullo"}]}]}""")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}""")]
    public void Of_OtherConversation_IsAnother(string other) => Assert.NotEqual(Of(First), Of(other));

    [Fact]
    public void Of_OtherModel_IsAnother() => Assert.NotEqual(Of(First), ConversationHash.Of("n", Encoding.UTF8.GetBytes(First)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"contents":[]}""")]
    [InlineData("""{"contents":7}""")]
    [InlineData("""{"requests":[{"content":{"parts":[{"text":"x"}]}}]}""")]
    public void Of_NoConversation_IsNull(string body) => Assert.Null(Of(body));

    [Fact]
    public void Of_SameInput_IsTheSameInEveryProcess() => Assert.Equal(11_990_926_963_519_937_033UL, Of(First));

    [Fact]
    public void Of_Interactions_GoesByTheFirstInput()
    {
        const string Begin = """{"system_instruction":"rules","input":[{"type":"user_input","content":"hello"}]}""";

        Assert.NotNull(Of("""{"input":"hello"}"""));
        Assert.NotEqual(Of("""{"input":"hello"}"""), Of("""{"input":"hullo"}"""));
        Assert.Equal(Of(Begin), Of("""{"input":[{"type":"user_input","content":"hello"},{"type":"model_output","content":"hi"}],"system_instruction":"rules"}"""));
    }

    private static ulong? Of(string body) => ConversationHash.Of("m", Encoding.UTF8.GetBytes(body));
}
