using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class SecretRedactorTests
{
    [Theory]
    [InlineData("key AIzaSyA-0123456789012345678901234567890 x", "key [redacted] x")]
    [InlineData("key AIzaSyA-01... x", "key [redacted]... x")]
    [InlineData("AQ.Ab8RN6Ix-_.y0123456789", "[redacted]")]
    [InlineData("token ya29.a0AfH6SM-x", "token [redacted]")]
    [InlineData("Consumer 'api_key:AIzaSyA-0123' has been suspended", "Consumer 'api_key:[redacted]' has been suspended")]
    [InlineData("Consumer 'api_key:somethingelse' has been", "Consumer 'api_key:[redacted]' has been")]
    [InlineData("GET /v1/models?key=abc-123&alt=sse", "GET /v1/models?key=[redacted]&alt=sse")]
    [InlineData("x-goog-api-key: abc, other", "x-goog-api-key: [redacted], other")]
    [InlineData("access_token=abc.def", "access_token=[redacted]")]
    [InlineData("Authorization: Bearer abcdefghijklmnopqrstuvwxyz012345", "Authorization: Bearer [redacted]")]
    [InlineData("has not been used in project 123456789012 before", "has not been used in project [redacted] before")]
    [InlineData("consumer: projects/123456789012", "consumer: projects/[redacted]")]
    [InlineData("project_number:123456789012", "project_number:[redacted]")]
    [InlineData("see https://console.developers.google.com/apis/api/x/overview?project=123456789012 then", "see [redacted] then")]
    [InlineData("call to https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=abc failed", "call to [redacted] failed")]
    [InlineData("https://ai.google.dev/gemini-api/docs/rate-limits", "https://ai.google.dev/gemini-api/docs/rate-limits")]
    [InlineData("Unknown name \"x\" at 'y': Cannot find field.", "Unknown name \"x\" at 'y': Cannot find field.")]
    [InlineData("The input token count (9) exceeds the maximum number of tokens allowed (8).", "The input token count (9) exceeds the maximum number of tokens allowed (8).")]
    [InlineData("Please pass a valid API key.", "Please pass a valid API key.")]
    [InlineData("Quota exceeded for metric: generativelanguage.googleapis.com/x, limit: 20, model: gemini-3.6-flash", "Quota exceeded for metric: generativelanguage.googleapis.com/x, limit: 20, model: gemini-3.6-flash")]
    [InlineData("", "")]
    public void Redact_TakesSecretsOnly(string text, string expected) => Assert.Equal(expected, SecretRedactor.Redact(text));

    [Fact]
    public void Redact_LongHostileText_EndsSoon()
    {
        var text = string.Concat(Enumerable.Repeat("projects/ key = AIza api_key: https://a.a.a.a.a ", 4000));

        Assert.DoesNotContain("AIza", SecretRedactor.Redact(text + "AIzaSyA-0123456789"), StringComparison.Ordinal);
    }
}
