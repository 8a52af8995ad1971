using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>POST <c>images/generations</c>, <c>images/edits</c> and <c>images/variations</c>: Imagen or a Gemini image model, and the pictures where the client wants them.</summary>
internal sealed class ImagesEndpoint(ImageCalls calls, ImageInputs inputs, PictureHosting hosting, ModelNames names, ISettingsSource settings, TimeProvider time)
{
    public Task GenerateAsync(HttpContext context) => HandleAsync(context, isEdit: false);

    public Task EditAsync(HttpContext context) => HandleAsync(context, isEdit: true);

    /// <summary>An edit whose prompt is given: Gemini's models have no other way to make a picture like another.</summary>
    public async Task VaryAsync(HttpContext context) => await HandleAsync(context, await inputs.ReadVariationAsync(context), isEdit: true);

    private async Task HandleAsync(HttpContext context, bool isEdit) => await HandleAsync(context, await inputs.ReadAsync(context), isEdit);

    private async Task HandleAsync(HttpContext context, ImageInput input, bool isEdit)
    {
        var current = settings.Current;
        var request = input.Request;
        var model = names.Parse(ImageModels.Resolve(request.Model, current.Images.CreateModel), current).Model;
        if (isEdit && input.Images.Count == 0)
        {
            throw new ClientErrorException(ClientError.InvalidRequest("image is required: the picture to edit.", "image"));
        }

        var translated = ImageRequestTranslator.Translate(request, OptionsOf(input, current, model, isEdit));
        var result = await calls.RunAsync(translated, model, current, ClientIdentity.Of(context).ClientId, context.RequestAborted);
        if (result.Images.Count > 0)
        {
            await AnswerAsync(context, request, current, result, isEdit);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            await ImageFailure.WriteAsync(context, result, request.Model ?? model);
        }
    }

    private static ImageTranslationOptions OptionsOf(ImageInput input, GatewaySettings settings, string model, bool isEdit) => new()
    {
        Model = model,
        IsEdit = isEdit,
        Images = input.Images,
        Mask = input.Mask,
        SafetySettings = [.. (settings.SafetySettings ?? []).Select(setting => new GeminiSafetySetting(setting.Category, setting.Threshold))],
    };

    private async Task AnswerAsync(HttpContext context, ImageRequest request, GatewaySettings current, ImageCallsResult result, bool isEdit)
    {
        var answer = new ImagesAnswer
        {
            Created = time.GetUtcNow().ToUnixTimeSeconds(), Images = await PlaceAsync(context, request, current, result.Images), Usage = result.Usage,
        };
        AnswerHeaders.SetCall(context.Response, result.Call.Attempts, result.Call.KeyId);
        if (request.Stream)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            AnswerHeaders.SetStream(context.Response);
            ImagesResponseTranslator.WriteEvents(answer, isEdit ? "image_edit" : "image_generation", context.Response.BodyWriter);
        }
        else
        {
            context.Response.ContentType = "application/json";
            ImagesResponseTranslator.Write(answer, context.Response.BodyWriter);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // Whoever asks for addresses gets the field "url" in any case; whoever does not care gets one when a host keeps the picture.
    private async Task<AnsweredImage[]> PlaceAsync(HttpContext context, ImageRequest request, GatewaySettings current, IReadOnlyList<GeneratedImage> images)
    {
        var wantsUrl = request.ResponseFormat == "url";
        if (request.Stream || request.ResponseFormat == "b64_json" || !hosting.IsConfigured(current))
        {
            return [.. images.Select(image => new AnsweredImage(image, null, wantsUrl && !request.Stream))];
        }

        var own = PictureAddress.Of(context.Request, current);
        var urls = await Task.WhenAll(images.Select(image => hosting.KeepAsync(image.MimeType, image.Base64, current, own, context.RequestAborted).AsTask()));
        return [.. images.Zip(urls, (image, url) => new AnsweredImage(image, url?.AbsoluteUri, wantsUrl || url is not null))];
    }
}
