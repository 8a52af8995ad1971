using System.Buffers;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A batch's answers, line by line, from Gemini's terms to those of OpenAI's output file, or of its file of errors.</summary>
/// <param name="answers">Translates them.</param>
/// <param name="part">Which are wanted.</param>
/// <param name="ids">Ids of lines.</param>
internal sealed class BatchAnswerLines(IBatchAnswers answers, BatchPart part, AnswerIds ids) : IDisposable
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };
    private readonly PooledBuffer rest = new(Limits.TransferChunkBytes, Limits.UpstreamBodyBytesMax);

    /// <summary>Takes a piece; writes the lines that are whole by now.</summary>
    public void Take(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        rest.Write(piece);
        for (var end = rest.FindLineEnd(); end >= 0; end = rest.FindLineEnd())
        {
            Take(rest.Written[..end], output);
            rest.Drop(end + 1);
        }
    }

    /// <summary>Writes the last line, when it had no end, and what waited for lines that have not come.</summary>
    public void End(IBufferWriter<byte> output)
    {
        Take(rest.Written, output);
        rest.Drop(rest.Count);
        foreach (var answer in answers.Rest())
        {
            Write(answer, output);
        }
    }

    public void Dispose() => rest.Dispose();

    private void Take(ReadOnlyMemory<byte> line, IBufferWriter<byte> output)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(line, Options);
        if (answers.Take(OpenAIJson.Text(document.RootElement, "key") ?? "", document.RootElement) is { } answer)
        {
            Write(answer, output);
        }
    }

    private void Write(BatchAnswer answer, IBufferWriter<byte> output)
    {
        if (part != BatchPart.All && answer.IsSuccess != (part == BatchPart.Successes))
        {
            return;
        }

        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"batch_req_{ids.Next()}");
            json.WriteString("custom_id"u8, answer.Id);
            json.WriteStartObject("response"u8);
            json.WriteNumber("status_code"u8, answer.Status);
            json.WriteString("request_id"u8, answer.RequestId);
            json.WritePropertyName("body"u8);
            json.WriteRawValue(answer.Body.Span, skipInputValidation: true);
            json.WriteEndObject();
            json.WriteNull("error"u8);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
