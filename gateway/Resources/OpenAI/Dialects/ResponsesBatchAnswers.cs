using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers of <c>/v1/responses</c>. They are in their file only, so none says that it is stored.</summary>
/// <param name="context">What all answers have in common.</param>
/// <param name="heads">What they repeat of their requests, see <see cref="ResponsesHead"/>.</param>
internal sealed class ResponsesBatchAnswers(BatchAnswerContext context, IReadOnlyList<string> heads) : IBatchAnswers
{
    private readonly Dictionary<int, (ResponsesRequest Request, bool AllowsParallelToolCalls)> requests = [];

    public BatchAnswer Take(string key, JsonElement line)
    {
        var (head, id) = ResponsesBatchRequests.Read(key);
        var requestId = context.Ids.Next();
        if (BatchFailure.ResponseOf(line) is not { } response)
        {
            return BatchFailure.Of(id, requestId, line);
        }

        var (request, allowsParallelToolCalls) = RequestOf(head);
        var chat = new ChatAnswerContext
        {
            AnswerId = requestId, Created = context.Created, RequestedModel = context.Model, Signatures = context.Signatures, AllowsParallelToolCalls = allowsParallelToolCalls,
        };
        var body = new ArrayBufferWriter<byte>();
        ResponsesAnswer.Of(GeminiAnswerReader.Read(response), new ResponsesAnswerContext(chat, request, IsStored: false), context.Created).WriteTo(body, isStored: false);
        return new BatchAnswer(id, StatusCodes.Status200OK, requestId, body.WrittenMemory);
    }

    private (ResponsesRequest Request, bool AllowsParallelToolCalls) RequestOf(int head)
    {
        if (!requests.TryGetValue(head, out var known))
        {
            var request = ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(
                head >= 0 && head < heads.Count ? heads[head] : throw new MalformedAnswerException("The upstream's answer has the key of another request.")));
            requests[head] = known = (request, request.ToChat(request.Input, context.UpstreamModel).Request.ParallelToolCalls);
        }

        return known;
    }
}
