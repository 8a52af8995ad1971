using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Images;

/// <summary>Answers a request that brought no picture.</summary>
internal static class ImageFailure
{
    public static Task WriteAsync(HttpContext context, ImageCallsResult result, string model)
    {
        if (result.Call.Failure is not null)
        {
            return CallFailureAnswer.WriteAsync(context, Face.OpenAI, result.Call, model);
        }

        AnswerHeaders.SetCall(context.Response, result.Call.Attempts, result.Call.KeyId);
        var error = ImagesResponseTranslator.Explain(result.Harvests);
        return ErrorAnswers.WriteAsync(context, Face.OpenAI, new ClientError(error, new GoogleError(error.HttpStatus, "INVALID_ARGUMENT", error.Message)));
    }
}
