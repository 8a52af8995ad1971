using System.Text;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

public sealed class ConversationTiesTests
{
    private const string Plain = """{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}""";

    [Theory]
    [InlineData(Plain, 1_023, false)]
    [InlineData(Plain, 1_024, true)]
    [InlineData("""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"},"thoughtSignature":"AA=="}]}]}""", 10, true)]
    [InlineData("""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"},"thought_signature":"AA=="}]}]}""", 10, true)]
    public void Any_PrefixThatCanBeCachedOrSignature_Ties(string body, long tokens, bool ties) =>
        Assert.Equal(ties, ConversationTies.Any(Encoding.UTF8.GetBytes(body), tokens));
}
