using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>GET <c>models</c> and <c>models/{id}</c> in OpenAI's shape, from all pages of the upstream's list.</summary>
internal sealed class OpenAIModelsEndpoint(UpstreamPages pages, ISettingsSource settings)
{
    public async Task ListAsync(HttpContext context)
    {
        if (await ReadAllAsync(context, Face.OpenAI) is { } models)
        {
            context.Response.ContentType = "application/json";
            ModelListTranslator.WriteList(models, context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    public async Task GetAsync(HttpContext context)
    {
        var id = Uri.UnescapeDataString(context.GetRouteValue("path") as string ?? "").Trim('/');
        if (await ReadAllAsync(context, Face.OpenAI) is not { } models)
        {
            return;
        }

        if (!models.Exists(model => ModelListTranslator.IdOf(model.Name!) == ModelListTranslator.IdOf(id)))
        {
            await ErrorAnswers.WriteAsync(context, Face.OpenAI, ClientError.ModelNotFound(id));
            return;
        }

        context.Response.ContentType = "application/json";
        ModelListTranslator.WriteModel(id, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Reads all pages, less the models that are filtered.</summary>
    /// <returns>Null when the list could not be had; then the failure has been answered in the face's shape.</returns>
    public async ValueTask<List<GeminiModel>?> ReadAllAsync(HttpContext context, Face face)
    {
        var filtered = settings.Current.FilteredModels;
        var models = new List<GeminiModel>();
        string? token = null;
        for (var i = 0; i < Limits.ModelListPagesReadMax; i++)
        {
            var query = token is null ? "?pageSize=1000" : $"?pageSize=1000&pageToken={Uri.EscapeDataString(token)}";
            var page = await pages.GetAsync("models", query, ClientIdentity.Of(context).ClientId, context.RequestAborted);
            AnswerHeaders.SetCall(context.Response, page.Result.Attempts, page.Result.KeyId);
            if (page.Result.Failure is not null)
            {
                await CallFailureAnswer.WriteAsync(context, face, page.Result, "models");
                return null;
            }

            var list = GeminiAnswerReader.ReadModels(page.Body);
            models.AddRange((list.Models ?? []).OfType<GeminiModel>().Where(
                model => model.Name is { Length: > 0 } name && !filtered.Contains(ModelListTranslator.IdOf(name))));
            token = list.NextPageToken;
            if (string.IsNullOrEmpty(token))
            {
                break;
            }
        }

        return models;
    }
}
