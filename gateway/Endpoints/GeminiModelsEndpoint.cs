using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>GET <c>models</c> and <c>models/{id}</c> in Google's own shape. Model objects are the upstream's bytes, unless a name is derived.</summary>
internal sealed class GeminiModelsEndpoint(ModelCatalog catalog, ModelNames names, UpstreamPages pages, ISettingsSource settings)
{
    private const string Json = "application/json; charset=UTF-8";

    public async Task ListAsync(HttpContext context)
    {
        var listing = await catalog.GetAsync(ClientIdentity.Of(context).ClientId, context.RequestAborted);
        if (listing.HasFailed)
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, listing.Result, "models", asArray: false);
            return;
        }

        using var body = new PooledBuffer(Limits.BodyChunkBytes, Limits.AnswerBytesMax);
        NativeModelList.Write(DerivedModels.Of(listing, settings.Current), context.Request.Query, body);
        AnswerHeaders.SetCall(context.Response, listing.Result.Attempts, listing.Result.KeyId);
        await AnswerAsync(context, Json, body.Written);
    }

    public async Task GetAsync(HttpContext context, GeminiPath path)
    {
        var request = path.Collection == "models" ? names.Split(path.Model, settings.Current) : null;
        var upstream = request is null ? path : path with { Model = request.Model };
        var page = await pages.GetAsync(
            $"{upstream.Collection}/{upstream.Model}", context.Request.QueryString.Value, ClientIdentity.Of(context).ClientId, context.RequestAborted);
        if (page.Result.Failure is not null)
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, page.Result, path.QuotaModel, asArray: false);
            return;
        }

        AnswerHeaders.SetCall(context.Response, page.Result.Attempts, page.Result.KeyId);
        await AnswerAsync(
            context, page.ContentType, request is null or { IsPlain: true } ? page.Body : DerivedModels.Rename(new(request.Model, page.Body), path.Model, $"as {path.Model}").Json);
    }

    private static async Task AnswerAsync(HttpContext context, string? contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
