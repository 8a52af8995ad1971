using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatBatchAnswers(BatchAnswerContext context) : IBatchAnswers
{
    public BatchAnswer Take(string key, JsonElement line)
    {
        var id = context.Ids.Next();
        if (BatchFailure.ResponseOf(line) is not { } response)
        {
            return BatchFailure.Of(key, id, line);
        }

        var answer = new ChatAnswerContext { AnswerId = id, Created = context.Created, RequestedModel = context.Model, Signatures = context.Signatures };
        var body = new ArrayBufferWriter<byte>();
        ChatResponseTranslator.Write(GeminiAnswerReader.Read(response), answer, body);
        return new BatchAnswer(key, StatusCodes.Status200OK, id, body.WrittenMemory);
    }
}
