using System.Buffers;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>What is kept of a response, to bytes and back. Pure.</summary>
internal static class KeptBody
{
    private static readonly OpenAIError Lost = new(
        StatusCodes.Status503ServiceUnavailable, "The gateway that made this response has ended before it was done. Ask again.", "server_error");

    /// <returns>Null when it is larger than what is kept.</returns>
    public static byte[]? Of(ResponsesAnswerContext context, Conversation conversation, ResponsesAnswer answer)
    {
        var response = new ArrayBufferWriter<byte>();
        answer.WriteTo(response, isStored: true);
        var body = new ArrayBufferWriter<byte>(response.WrittenCount);
        ResponseRecord.Write(body, response.WrittenSpan, context.Answer.AnswerId, context.Request.Input, conversation.Ancestors);
        return body.WrittenCount <= Limits.KeptResponseBytesMax ? body.WrittenSpan.ToArray() : null;
    }

    /// <summary>The record of a response; one that is being made, and for which nobody has signed for too long, has failed.</summary>
    public static ResponseRecord Read(KeptResponse response, DateTimeOffset now)
    {
        var record = ResponseRecord.Read(response.Body);
        return record.IsRunning && now - response.UsedAt > BackgroundLimits.SignLifetime ? ResponseRecord.Read(record.Ended("failed", Lost)) : record;
    }
}
