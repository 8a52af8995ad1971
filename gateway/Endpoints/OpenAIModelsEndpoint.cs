using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Images;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>GET <c>models</c> and <c>models/{id}</c> in OpenAI's shape.</summary>
internal sealed class OpenAIModelsEndpoint(ModelCatalog catalog, ModelNames names, ISettingsSource settings)
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

        // Not every name that is served is listed: budgets are numbers.
        if (!Has(models, ModelListTranslator.IdOf(id)) && !Has(models, names.Parse(id, settings.Current).Model))
        {
            await ErrorAnswers.WriteAsync(context, Face.OpenAI, ClientError.ModelNotFound(id));
            return;
        }

        context.Response.ContentType = "application/json";
        ModelListTranslator.WriteModel(id, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The pool's models under all their names, less those that are filtered.</summary>
    /// <returns>Null when the list could not be had; then the failure has been answered in the face's shape.</returns>
    public async ValueTask<List<GeminiModel>?> ReadAllAsync(HttpContext context, Face face)
    {
        var listing = await catalog.GetAsync(ClientIdentity.Of(context).ClientId, context.RequestAborted);
        AnswerHeaders.SetCall(context.Response, listing.Result.Attempts, listing.Result.KeyId);
        if (listing.HasFailed)
        {
            await CallFailureAnswer.WriteAsync(context, face, listing.Result, "models");
            return null;
        }

        var models = DerivedModels.Of(listing, settings.Current).ConvertAll(model => GeminiAnswerReader.ReadModel(model.Json.Span));

        // For clients that can only chat; the name is the gateway's own.
        var drawing = settings.Current.Images.CreateModel;
        if (face == Face.OpenAI && Has(models, drawing))
        {
            models.Add(new GeminiModel { Name = $"models/{drawing}{ImagenChat.Suffix}" });
        }

        return models;
    }

    private static bool Has(List<GeminiModel> models, string id) => models.Exists(model => ModelListTranslator.IdOf(model.Name!) == id);
}
