using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers of <c>/v1/completions</c>.</summary>
internal sealed class CompletionBatchAnswers(BatchAnswerContext context) : IBatchAnswers
{
    public BatchAnswer Take(string key, JsonElement line)
    {
        var id = context.Ids.Next();
        if (BatchFailure.ResponseOf(line) is not { } response)
        {
            return BatchFailure.Of(key, id, line);
        }

        var answer = new CompletionAnswerContext { AnswerId = id, Created = context.Created, RequestedModel = context.Model };
        var body = new ArrayBufferWriter<byte>();
        CompletionResponseTranslator.Write([("", GeminiAnswerReader.Read(response))], answer, body);
        return new BatchAnswer(key, StatusCodes.Status200OK, id, body.WrittenMemory);
    }
}
