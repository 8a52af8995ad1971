using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>Chats with models that only draw: the last message of the user is the prompt, the pictures are the answer.</summary>
internal sealed class ImagenChat(ImageCalls calls, AnswerPictures pictures)
{
    /// <summary>Behind the name of <c>CREATE_IMAGE_MODEL</c>, it makes a chat model of it.</summary>
    public const string Suffix = "-chat";

    /// <summary>The model that is meant, when the name is the one made for chats.</summary>
    public static ModelRequest Resolve(ModelRequest model, GatewaySettings settings) =>
        model.Model.Length == settings.Images.CreateModel.Length + Suffix.Length
        && model.Model.StartsWith(settings.Images.CreateModel, StringComparison.Ordinal) && model.Model.EndsWith(Suffix, StringComparison.Ordinal)
            ? model with { Model = settings.Images.CreateModel }
            : model;

    public async Task AnswerAsync(HttpContext context, ChatCompletionRequest request, string model, GatewaySettings settings, ChatAnswerContext answer)
    {
        var image = new ImageRequest { Prompt = PromptOf(request), N = request.N };
        var translated = ImageRequestTranslator.Translate(image, new ImageTranslationOptions { Model = model });
        var result = await calls.RunAsync(translated, model, settings, ClientIdentity.Of(context).ClientId, context.RequestAborted);
        if (result.Images.Count == 0)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                await ImageFailure.WriteAsync(context, result, request.Model);
            }

            return;
        }

        var drawn = AnswerOf(result);
        if (pictures.For(context, settings) is { } keep)
        {
            await keep(drawn);
        }

        AnswerHeaders.SetCall(context.Response, result.Call.Attempts, result.Call.KeyId);
        Write(context.Response, drawn, answer, request.Stream);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(HttpResponse response, GenerateContentResponse drawn, ChatAnswerContext answer, bool isStream)
    {
        if (!isStream)
        {
            response.ContentType = "application/json";
            ChatResponseTranslator.Write(drawn, answer, response.BodyWriter);
            return;
        }

        response.ContentType = "text/event-stream; charset=utf-8";
        AnswerHeaders.SetStream(response);
        var stream = new ChatStreamTranslator(answer);
        stream.Translate(drawn, response.BodyWriter);
        stream.Complete(response.BodyWriter);
    }

    private static GenerateContentResponse AnswerOf(ImageCallsResult result) => new()
    {
        Candidates =
        [
            new Candidate
            {
                Content = new ResponseContent
                {
                    Parts = [.. result.Images.Select(image => new ResponsePart { InlineData = new ResponseBlob { MimeType = image.MimeType, Data = image.Base64 } })],
                },
                FinishReason = new CandidateFinish(FinishReason.Stop, "STOP"),
            },
        ],
    };

    private static string PromptOf(ChatCompletionRequest request)
    {
        var content = request.Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Content ?? default;
        return content.Text ?? string.Join('\n', (content.Parts ?? []).OfType<TextPart>().Select(part => part.Text));
    }
}
