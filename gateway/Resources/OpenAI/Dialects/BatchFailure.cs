using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>What went wrong with a request of a batch. Pure.</summary>
internal static class BatchFailure
{
    /// <summary>The upstream's answer in a line, when there is one.</summary>
    public static byte[]? ResponseOf(JsonElement line) => line.TryGetProperty("response"u8, out var response) && response.ValueKind == JsonValueKind.Object
        ? Encoding.UTF8.GetBytes(response.GetRawText())
        : null;

    /// <param name="id">The client's name of the line.</param>
    /// <param name="requestId">An id of the answer.</param>
    /// <param name="line">The upstream's line; undefined when there was none.</param>
    public static BatchAnswer Of(string id, string requestId, JsonElement line)
    {
        var error = line.ValueKind == JsonValueKind.Object && line.TryGetProperty("error"u8, out var value) ? value : default;
        var code = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code"u8, out var number) && number.TryGetInt32(out var read) ? read : 2;
        var status = StatusOf(code);
        var told = ErrorTranslator.ToOpenAI(
            status, new GeminiErrorStatus { Code = status, Message = OpenAIJson.Text(error, "message") ?? "The upstream gave no answer.", Status = OpenAIJson.Text(error, "status") });
        var body = new ArrayBufferWriter<byte>();
        told.WriteTo(body);
        return new BatchAnswer(id, told.HttpStatus, requestId, body.WrittenMemory);
    }

    // The codes of a google.rpc.Status are not those of HTTP: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
    private static int StatusOf(int code) => code switch
    {
        1 => 499, 3 or 9 or 11 => 400, 4 => 504, 5 => 404, 6 or 10 => 409, 7 => 403, 8 => 429, 12 => 501, 14 => 503, 16 => 401, >= 400 => code, _ => 500,
    };
}
