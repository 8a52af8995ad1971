using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Requests of <c>/v1/completions</c>.</summary>
internal sealed class CompletionBatchRequests(BatchChats chats) : IBatchRequests
{
    public async ValueTask<BatchLine> TranslateAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = OpenAIRequestReader.ReadCompletion(body);
        if (request.Chats.Count > 1 || request.Echo)
        {
            throw new TranslationException("asks for several prompts, or for 'echo'. In a batch each line has one prompt, and its answer does not begin with it.", "prompt");
        }

        var model = chats.Parse(request.Model);
        return new BatchLine(request.Model, model.Model, [(id, await chats.TranslateAsync(request.Chats[0], model, cancellationToken, withoutThoughts: true))]);
    }
}
