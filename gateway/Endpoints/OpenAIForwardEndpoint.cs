using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Google's own OpenAI-compatible endpoint, byte for byte: same pool, same retries, same accounting.</summary>
internal sealed class OpenAIForwardEndpoint(AttemptLoop loop, ISettingsSource settings)
{
    // The quota of what names no model, such as the list of models.
    private const string NoModel = "openai";

    private const string OfOneKey = " Files and batches belong to one key; they are served in Google's terms under /v1beta/files and /v1beta/batches.";

    public async Task HandleAsync(HttpContext context)
    {
        if ((context.GetRouteValue("path") as string)?.Trim('/') is not { } path || !IsPlainPath(path))
        {
            await FaceRoutes.NotFoundAsync(context, Face.OpenAI);
            return;
        }

        if (path.Split('/')[0] is "batches" or "files")
        {
            // Whichever key came up would list what other clients made with it, and not find what this one made with another.
            await ErrorAnswers.WriteAsync(context, Face.OpenAI, ClientError.UnknownRoute(context.Request.Method, context.Request.Path.Value ?? "", OfOneKey));
            return;
        }

        var current = settings.Current;
        using var body = HttpMethods.IsPost(context.Request.Method) ? await RequestBody.ReadAsync(context) : null;
        var request = body is null ? default : OpenAIRequestHead.Read(body.Written.Span);
        if (request.Model is { } model && current.FilteredModels.Contains(model))
        {
            await ErrorAnswers.WriteAsync(context, Face.OpenAI, ClientError.ModelNotFound(model));
            return;
        }

        var call = new UpstreamCall
        {
            Settings = current,
            Method = body is null ? HttpMethod.Get : HttpMethod.Post,
            Address = UpstreamAddress.Of(current.BaseUrl, $"openai/{path}", context.Request.QueryString.Value),
            Credential = CredentialForm.Bearer,
            Body = body?.Written,
            ContentType = context.Request.ContentType,
            ClientHeaders = context.Request.Headers,
            Model = request.Model ?? NoModel,
            EstimatedTokens = body is null ? 0 : PromptTokenEstimator.Estimate(body.Written.Span),
            ClientId = ClientIdentity.Of(context).ClientId,
            Face = CallFace.OpenAIForward,
            IsStream = request.IsStream,
            Draws = path.StartsWith("images/", StringComparison.Ordinal) || (request.Model is { } name && ImageModels.DrawsOrFilms(name)),
        };
        var contract = path == "chat/completions" ? AnswerContract.OpenAIChat : AnswerContract.OpenAIOther;
        await NativeExchange.RunAsync(context, Face.OpenAI, loop, call, contract, request.IsStream, asArray: false);
    }

    // No escapes and no dots alone: the path must mean upstream what it means here.
    private static bool IsPlainPath(string path) => path.Length > 0
        && Array.TrueForAll(path.Split('/'), segment => segment.Length > 0 && segment[0] != '.'
            && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'));
}
