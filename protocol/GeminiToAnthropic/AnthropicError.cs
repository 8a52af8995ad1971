using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>An error in Anthropic's shape.</summary>
/// <param name="HttpStatus">The status to answer with, when nothing has been sent yet.</param>
/// <param name="Type">Such as <c>invalid_request_error</c> or <c>overloaded_error</c>.</param>
/// <param name="Message">For a person; must hold no secret.</param>
public sealed partial record AnthropicError(int HttpStatus, string Type, string Message)
{
    private const int Overloaded = 529;

    /// <summary>The same error as an OpenAI client would get it, in Anthropic's words.</summary>
    public static AnthropicError Of(OpenAIError error)
    {
        var status = error.HttpStatus == 503 && error.Code is "overloaded" or "upstream_unavailable" ? Overloaded : error.HttpStatus;
        status = error.Code == "request_too_large" ? 413 : status;
        return new(status, TypeOf(status), error.Code == "context_length_exceeded" ? TooLong(error.Message) : error.Message);
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, Type);
        writer.WriteString("message"u8, Message);
        writer.WriteEndObject();
        writer.WriteNull("request_id"u8);
        writer.WriteEndObject();
    }

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        Overloaded => "overloaded_error",
        499 => "api_error",
        >= 400 and < 500 => "invalid_request_error",
        _ => "api_error",
    };

    // Claude Code compacts the conversation when it reads these words, and says what went wrong when it does not.
    private static string TooLong(string message) =>
        Counts().Match(message) is { Success: true } counts
            ? $"prompt is too long: {counts.Groups["asked"].Value} tokens > {counts.Groups["most"].Value} maximum"
            : $"prompt is too long: {message}";

    [GeneratedRegex(@"\((?<asked>\d+)\)[^(]*\((?<most>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counts();
}
