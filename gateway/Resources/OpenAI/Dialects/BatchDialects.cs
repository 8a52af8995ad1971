using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds what translates requests and answers of an endpoint.</summary>
internal sealed class BatchDialects(ModelNames names, RequestMedia media, ThoughtSignatures signatures, AnswerIds ids, IServiceProvider services)
{
    /// <param name="settings">Those of the upload.</param>
    /// <param name="client">Whose file it is.</param>
    public BatchRequestTranslator NewTranslator(GatewaySettings settings, string client) => new(endpoint => RequestsOf(endpoint, settings, client));

    /// <param name="note">What is known of the file of answers.</param>
    /// <param name="part">Which of them are wanted.</param>
    /// <param name="created">When they were there.</param>
    /// <param name="client">Who reads them.</param>
    public BatchAnswerLines NewAnswers(OpenAINote note, BatchPart part, DateTimeOffset created, string client)
    {
        var context = new BatchAnswerContext(note.Model ?? "", note.UpstreamModel ?? "", created.ToUnixTimeSeconds(), ids, signatures.Of(client));
        IBatchAnswers answers = note.Endpoint switch
        {
            _ when note.Endpoint == BatchEndpoint.Responses.Path => new ResponsesBatchAnswers(context, note.Heads ?? []),
            _ when note.Endpoint == BatchEndpoint.Completions.Path => new CompletionBatchAnswers(context),
            _ when note.Endpoint == BatchEndpoint.Embeddings.Path => new EmbeddingBatchAnswers(context),
            _ => new ChatBatchAnswers(context),
        };
        return new BatchAnswerLines(answers, part, ids);
    }

    private IBatchRequests RequestsOf(BatchEndpoint endpoint, GatewaySettings settings, string client)
    {
        if (endpoint == BatchEndpoint.Embeddings)
        {
            return new EmbeddingBatchRequests(settings, names);
        }

        var chats = new BatchChats(settings, names, media, signatures.Of(client));
        if (endpoint == BatchEndpoint.Responses)
        {
            // Found when it is needed: what it stands on opens between the building of the application and its start.
            return new ResponsesBatchRequests(chats, services.GetRequiredService<ResponseKeeper>(), client);
        }

        return endpoint == BatchEndpoint.Completions ? new CompletionBatchRequests(chats) : new ChatBatchRequests(chats);
    }
}
