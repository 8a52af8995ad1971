using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Requests of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatBatchRequests(BatchChats chats) : IBatchRequests
{
    public async ValueTask<BatchLine> TranslateAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = OpenAIRequestReader.ReadChat(body);
        var model = chats.Parse(request.Model);
        return new BatchLine(request.Model, model.Model, [(id, await chats.TranslateAsync(request, model, cancellationToken))]);
    }
}
