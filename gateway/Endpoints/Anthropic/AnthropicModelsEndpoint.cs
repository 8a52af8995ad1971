using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>GET <c>models</c> and <c>models/{id}</c> in Anthropic's shape; the list is one page.</summary>
internal sealed class AnthropicModelsEndpoint(OpenAIModelsEndpoint models, AnthropicCalls calls, ISettingsSource settings)
{
    public async Task ListAsync(HttpContext context)
    {
        if (await models.ReadAllAsync(context, Face.Anthropic) is { } all)
        {
            context.Response.ContentType = "application/json";
            ModelInfoTranslator.WriteList(all, context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    public async Task GetAsync(HttpContext context)
    {
        var id = Uri.UnescapeDataString(context.GetRouteValue("path") as string ?? "").Trim('/');
        if (await models.ReadAllAsync(context, Face.Anthropic) is not { } all)
        {
            return;
        }

        var name = calls.ModelOf(id, settings.Current).Model;
        if (all.Find(model => ModelListTranslator.IdOf(model.Name!) == name) is not { } found)
        {
            await ErrorAnswers.WriteAsync(context, Face.Anthropic, ClientError.ModelNotFound(id));
            return;
        }

        context.Response.ContentType = "application/json";
        ModelInfoTranslator.WriteModel(id, found, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
