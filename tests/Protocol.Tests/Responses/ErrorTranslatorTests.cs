using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ErrorTranslatorTests
{
    private const string PerDay = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
    private const string TokensPerMinute = "GenerateContentInputTokensPerModelPerMinute-FreeTier";

    [Theory]
    [InlineData(400, null, null, "bad field", 400, "invalid_request_error", null)]
    [InlineData(400, null, null, "The input token count (9) exceeds the maximum number of tokens allowed (8).", 400, "invalid_request_error", "context_length_exceeded")]
    [InlineData(400, "API_KEY_INVALID", null, "API key not valid.", 502, "server_error", "upstream_credentials")]
    [InlineData(400, "API_KEY_SERVICE_BLOCKED", null, "x", 502, "server_error", "upstream_credentials")]
    [InlineData(401, null, null, "x", 502, "server_error", "upstream_credentials")]
    [InlineData(402, null, null, "x", 503, "server_error", "upstream_credentials")]
    [InlineData(403, "CONSUMER_SUSPENDED", null, "x", 502, "server_error", "upstream_credentials")]
    [InlineData(404, null, null, "models/x is not found", 404, "invalid_request_error", "model_not_found")]
    [InlineData(413, null, null, "", 400, "invalid_request_error", "request_too_large")]
    [InlineData(415, null, null, "x", 415, "invalid_request_error", null)]
    [InlineData(429, null, null, "x", 429, "requests", "rate_limit_exceeded")]
    [InlineData(429, null, TokensPerMinute, "x", 429, "tokens", "rate_limit_exceeded")]
    [InlineData(429, null, PerDay, "x", 429, "insufficient_quota", "insufficient_quota")]
    [InlineData(499, null, null, "x", 499, "server_error", "cancelled")]
    [InlineData(500, null, null, "x", 500, "server_error", null)]
    [InlineData(503, null, null, "x", 503, "server_error", "overloaded")]
    [InlineData(504, null, null, "x", 504, "server_error", null)]
    [InlineData(0, null, null, "", 502, "server_error", null)]
    [InlineData(302, null, null, "", 502, "server_error", null)]
    [InlineData(777, null, null, "", 502, "server_error", null)]
    public void ToOpenAI_EachFailure(int upstream, string? reason, string? quotaId, string message, int http, string type, string? code)
    {
        var status = new GeminiErrorStatus
        {
            Message = message,
            Reason = reason,
            QuotaViolations = quotaId is null ? [] : [new QuotaViolation(quotaId, null, 20, null)],
        };

        var error = ErrorTranslator.ToOpenAI(upstream, status);

        Assert.Equal((http, type, code), (error.HttpStatus, error.Type, error.Code));
        Assert.NotEqual("", error.Message);
        Assert.Equal(http, ErrorTranslator.ToOpenAI(upstream, quotaId is null && reason is null ? null : status).HttpStatus);
    }

    [Fact]
    public void ToOpenAI_OwnKeysFailure_SaysNothingOfTheUpstream()
    {
        foreach (var status in new[] { 401, 402, 403 })
        {
            var error = ErrorTranslator.ToOpenAI(status, new GeminiErrorStatus { Message = "Permission denied: Consumer 'api_key:AIzaSyA-012' has been suspended." });
            Assert.Equal("The service could not use its upstream credentials for this request.", error.Message);
        }
    }

    [Fact]
    public void ToOpenAI_NoStatusInTheBody_NamesTheStatus() =>
        Assert.Equal("The upstream answered with status 500.", ErrorTranslator.ToOpenAI(500, null).Message);

    [Fact]
    public void ToOpenAI_TranslationException_IsA400()
    {
        var error = ErrorTranslator.ToOpenAI(new TranslationException("no robots", "messages[2].role", "invalid_role"));

        Assert.Equal(new OpenAIError(400, "no robots", "invalid_request_error", "messages[2].role", "invalid_role"), error);
    }

    [Fact]
    public void ToGoogle_KeepsStatusAndDelay_ButHidesOwnKeys()
    {
        var limited = ErrorTranslator.ToGoogle(429, new GeminiErrorStatus { Message = "m", Status = "RESOURCE_EXHAUSTED", RetryDelay = TimeSpan.FromSeconds(36.5) });
        var refused = ErrorTranslator.ToGoogle(403, new GeminiErrorStatus { Message = "api_key:AIza", Status = "PERMISSION_DENIED" });

        Assert.Equal(new GoogleError(429, "RESOURCE_EXHAUSTED", "m", TimeSpan.FromSeconds(36.5)), limited);
        Assert.Equal((502, "UNAVAILABLE"), (refused.HttpStatus, refused.Status));
        Assert.DoesNotContain("AIza", refused.Message, StringComparison.Ordinal);
        Assert.Equal((413, "INVALID_ARGUMENT"), (ErrorTranslator.ToGoogle(413, null).HttpStatus, ErrorTranslator.ToGoogle(413, null).Status));
    }

    [Fact]
    public void WriteTo_BothDialects_AreTheirShapes()
    {
        Assert.Equal(
            """{"error":{"message":"a \"b\" é","type":"t","param":null,"code":"c"}}""",
            Write(new OpenAIError(400, "a \"b\" é", "t", null, "c").WriteTo));
        Assert.Equal(
            """{"error":{"code":404,"message":"m","status":"NOT_FOUND"}}""", Write(output => new GoogleError(404, "NOT_FOUND", "m").WriteTo(output)));
        Assert.Equal(
            """[{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.25s"}]}}]""",
            Write(output => new GoogleError(429, "RESOURCE_EXHAUSTED", "m", TimeSpan.FromMilliseconds(250)).WriteTo(output, asArray: true)));
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT")]
    [InlineData(401, "UNAUTHENTICATED")]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(404, "NOT_FOUND")]
    [InlineData(408, "INVALID_ARGUMENT")]
    [InlineData(409, "ABORTED")]
    [InlineData(429, "RESOURCE_EXHAUSTED")]
    [InlineData(499, "CANCELLED")]
    [InlineData(500, "INTERNAL")]
    [InlineData(501, "UNIMPLEMENTED")]
    [InlineData(503, "UNAVAILABLE")]
    [InlineData(504, "DEADLINE_EXCEEDED")]
    public void StatusOf_EachHttpStatus(int http, string status) => Assert.Equal(status, GoogleError.StatusOf(http));

    private static string Write(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
