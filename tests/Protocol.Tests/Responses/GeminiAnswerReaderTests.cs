using System.Text;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class GeminiAnswerReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("{\"candidates\":[")]
    [InlineData("{\"candidates\":5}")]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":5}]}}]}")]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\\ud800\"}]}}]}")]
    [InlineData("{} {}")]
    public void Read_NoAnswer_Throws(string text) => Assert.Throws<MalformedAnswerException>(() => GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Read_BadUtf8_Throws() => Assert.Throws<MalformedAnswerException>(() => GeminiAnswerReader.Read([.. "{\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8]));

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><title>Error 404</title>")]
    [InlineData("{\"candidates\":[]}")]
    [InlineData("[]")]
    [InlineData("[[[{\"error\":{}}]]]")]
    [InlineData("{\"error\":null}")]
    [InlineData("\"error\"")]
    [InlineData("{\"error\":{\"code\":429")]
    public void ReadError_NoError_IsNull(string text) => Assert.Null(GeminiAnswerReader.ReadError(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("{0}")]
    [InlineData("[{0}]")]
    [InlineData("[{0}\n]\n")]
    [InlineData(" {0} ")]
    public void ReadError_FullStatus_IsRead(string frame)
    {
        const string Body = """
            {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
             {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"d","url":"u"}]},
             {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
              {"quotaMetric":"metric","quotaId":"PerDay-FreeTier","quotaDimensions":{"location":"global","model":"gemini-x"},"quotaValue":"20"},{"quotaId":"PerMinute"},7]},
             {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.429760048s"},
             {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED","domain":"d","metadata":{"consumer":"projects/1","n":1}},
             {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"contents","description":"empty"}]},
             {"@type":"type.googleapis.com/google.rpc.Unheard"},{},null]}}
            """;

        var status = GeminiAnswerReader.ReadError(Encoding.UTF8.GetBytes(frame.Replace("{0}", Body, StringComparison.Ordinal)))!;

        Assert.Equal((429, "m", "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"), (status.Code, status.Message, status.Status, status.Reason));
        Assert.Equal([new QuotaViolation("PerDay-FreeTier", "metric", 20, "gemini-x"), new QuotaViolation("PerMinute", null, null, null)], status.QuotaViolations);
        Assert.Equal(TimeSpan.FromTicks(364_297_600), status.RetryDelay);
        Assert.Equal([KeyValuePair.Create("consumer", "projects/1")], status.Metadata);
        Assert.Equal([new FieldViolation("contents", "empty")], status.FieldViolations);
    }

    [Theory]
    [InlineData("""{"code":404,"message":"m"}""", 404, "m")]
    [InlineData("""{"error":"text"}""", 0, "text")]
    [InlineData("""{"error":{"code":"invalid_request","message":"m"}}""", 0, "m")]
    [InlineData("""{"error":{"code":99999999999,"message":5,"details":{}}}""", 0, "5")]
    public void ReadError_OddShapes_AreRead(string body, int code, string message)
    {
        var status = GeminiAnswerReader.ReadError(Encoding.UTF8.GetBytes(body))!;

        Assert.Equal((code, message), (status.Code, status.Message));
    }

    [Theory]
    [InlineData("36s", 36.0)]
    [InlineData("0.5s", 0.5)]
    [InlineData("86400s", 86400.0)]
    [InlineData("-1s", null)]
    [InlineData("36", null)]
    [InlineData("s", null)]
    [InlineData("99999999999999999999s", null)]
    public void ReadError_RetryDelay_IsADuration(string text, double? seconds)
    {
        var body = "{\"error\":{\"details\":[{\"@type\":\"x/google.rpc.RetryInfo\",\"retryDelay\":\"" + text + "\"}]}}";

        Assert.Equal(seconds, GeminiAnswerReader.ReadError(Encoding.UTF8.GetBytes(body))!.RetryDelay?.TotalSeconds);
    }
}
