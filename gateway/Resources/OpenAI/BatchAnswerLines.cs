using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A batch's answers, line by line, from Gemini's terms to those of OpenAI's output file.</summary>
/// <param name="model">The model in the client's spelling.</param>
/// <param name="created">Seconds since 1970 at which the answers were there.</param>
/// <param name="ids">Ids of answers.</param>
/// <param name="signatures">Remembers those of tool calls.</param>
internal sealed class BatchAnswerLines(string model, long created, AnswerIds ids, IThoughtSignatures signatures) : IDisposable
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };
    private readonly PooledBuffer rest = new(Limits.TransferChunkBytes, Limits.UpstreamBodyBytesMax);

    /// <summary>Takes a piece; writes the lines that are whole by now.</summary>
    public void Take(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        rest.Write(piece);
        for (var end = rest.Written.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Written.Span.IndexOf((byte)'\n'))
        {
            Write(rest.Written[..end], output);
            rest.Drop(end + 1);
        }
    }

    /// <summary>Writes the last line, when it had no end.</summary>
    public void End(IBufferWriter<byte> output)
    {
        Write(rest.Written, output);
        rest.Drop(rest.Count);
    }

    public void Dispose() => rest.Dispose();

    private void Write(ReadOnlyMemory<byte> line, IBufferWriter<byte> output)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(line, Options);
        var root = document.RootElement;
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"batch_req_{ids.Next()}");
            json.WriteString("custom_id"u8, OpenAIJson.Text(root, "key") ?? "");
            json.WriteStartObject("response"u8);
            WriteResponse(json, root);
            json.WriteEndObject();
            json.WriteNull("error"u8);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private void WriteResponse(Utf8JsonWriter json, JsonElement line)
    {
        var id = ids.Next();
        var body = new ArrayBufferWriter<byte>();
        var status = StatusCodes.Status200OK;
        if (line.TryGetProperty("response"u8, out var response) && response.ValueKind == JsonValueKind.Object)
        {
            var context = new ChatAnswerContext { AnswerId = id, Created = created, RequestedModel = model, Signatures = signatures };
            ChatResponseTranslator.Write(GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(response.GetRawText())), context, body);
        }
        else
        {
            var error = ErrorOf(line);
            status = error.HttpStatus;
            error.WriteTo(body);
        }

        json.WriteNumber("status_code"u8, status);
        json.WriteString("request_id"u8, id);
        json.WritePropertyName("body"u8);
        json.WriteRawValue(body.WrittenSpan, skipInputValidation: true);
    }

    // A google.rpc.Status, whose codes are not those of HTTP: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
    private static OpenAIError ErrorOf(JsonElement line)
    {
        var error = line.TryGetProperty("error"u8, out var value) ? value : default;
        var code = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code"u8, out var number) && number.TryGetInt32(out var read) ? read : 2;
        var status = code switch
        {
            1 => 499, 3 or 9 or 11 => 400, 4 => 504, 5 => 404, 6 or 10 => 409, 7 => 403, 8 => 429, 12 => 501, 14 => 503, 16 => 401, >= 400 => code, _ => 500,
        };
        return ErrorTranslator.ToOpenAI(status, new GeminiErrorStatus { Code = status, Message = OpenAIJson.Text(error, "message") ?? "The upstream gave no answer.", Status = OpenAIJson.Text(error, "status") });
    }
}
