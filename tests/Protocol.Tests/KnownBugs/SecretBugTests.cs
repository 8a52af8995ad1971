using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Keys in texts for clients.</summary>
public sealed class SecretBugTests
{
    [Fact]
    public void Bug48_KeyInTheUpstreamsMessage_IsNotShown() =>
        Assert.DoesNotContain("AIza", ErrorTranslator.ToOpenAI(500, new GeminiErrorStatus
        {
            Message = "failed: https://generativelanguage.googleapis.com/v1beta/models?key=AIzaSyA-0123456789012345678901234567890",
        }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("AQ.Ab8RN6IexampleExample-example_0123456789")]
    [InlineData("AIzaSyA-0123456789012345678901234567890")]
    public void Bug49_EitherKindOfKey_IsRedacted(string key) =>
        Assert.Equal("bad [redacted] here", SecretRedactor.Redact($"bad {key} here"));
}
