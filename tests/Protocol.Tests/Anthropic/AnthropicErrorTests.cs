using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Anthropic;

/// <summary>Errors, counts and models in Anthropic's words.</summary>
public sealed class AnthropicErrorTests
{
    [Theory]
    [InlineData(400, 400, "invalid_request_error")]
    [InlineData(401, 502, "api_error")]
    [InlineData(404, 404, "not_found_error")]
    [InlineData(413, 413, "request_too_large")]
    [InlineData(429, 429, "rate_limit_error")]
    [InlineData(500, 500, "api_error")]
    [InlineData(503, 529, "overloaded_error")]
    [InlineData(504, 504, "timeout_error")]
    public void Of_UpstreamStatus_HasAnthropicsStatusAndType(int upstream, int status, string type)
    {
        var error = AnthropicError.Of(ErrorTranslator.ToOpenAI(upstream, new GeminiErrorStatus { Code = upstream, Message = "M" }));

        Assert.Equal((status, type), (error.HttpStatus, error.Type));
    }

    [Fact]
    public void Of_TooLongAPrompt_SaysItInTheWordsThatClaudeCodeKnows()
    {
        var error = AnthropicError.Of(ErrorTranslator.ToOpenAI(400, new GeminiErrorStatus
        {
            Code = 400, Message = "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        }));

        Assert.Equal((400, "prompt is too long: 1200000 tokens > 1048576 maximum"), (error.HttpStatus, error.Message));
    }

    [Fact]
    public void WriteRequest_WrapsTheBodyWithItsModel()
    {
        var output = new ArrayBufferWriter<byte>();

        TokenCountTranslator.WriteRequest("gemini-x", "{\"contents\":[]}"u8, output);

        Assert.Equal("{\"generateContentRequest\":{\"model\":\"models/gemini-x\",\"contents\":[]}}", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void WriteAnswer_GivesTheTotal()
    {
        var output = new ArrayBufferWriter<byte>();

        TokenCountTranslator.WriteAnswer("{\"totalTokens\": 31, \"promptTokensDetails\": []}"u8, kind: null, output);

        Assert.Equal("{\"input_tokens\":31}", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Throws<MalformedAnswerException>(() => TokenCountTranslator.WriteAnswer("{}"u8, kind: null, output));
    }

    [Fact]
    public void WriteList_LeavesOutWhatCannotAnswer()
    {
        var output = new ArrayBufferWriter<byte>();

        ModelInfoTranslator.WriteList(
            [
                new GeminiModel { Name = "models/a", DisplayName = "A", InputTokenLimit = 10, OutputTokenLimit = 5, SupportedGenerationMethods = ["generateContent"] },
                new GeminiModel { Name = "models/e", SupportedGenerationMethods = ["embedContent"] },
                new GeminiModel { Name = "models/b" },
            ],
            output);

        Assert.Equal(
            """
            {"data":[{"type":"model","id":"a","display_name":"A","created_at":"2023-11-14T22:13:20Z","max_input_tokens":10,"max_tokens":5},
            {"type":"model","id":"b","display_name":"b","created_at":"2023-11-14T22:13:20Z","max_input_tokens":null,"max_tokens":null}],
            "has_more":false,"first_id":"a","last_id":"b"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
