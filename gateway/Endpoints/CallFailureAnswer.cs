using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Answers a call that failed before anything was committed.</summary>
internal static class CallFailureAnswer
{
    /// <summary>For translated calls: the error in the face's own words.</summary>
    public static Task WriteAsync(HttpContext context, Face face, in CallResult result, string model, bool asArray = false)
    {
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        return ErrorAnswers.WriteAsync(context, face, Explain(result.Failure!, model), asArray);
    }

    /// <summary>For native calls: an error that is the client's own passes byte for byte, unless there is a secret in it.</summary>
    public static Task WriteNativeAsync(HttpContext context, Face face, in CallResult result, string model, bool asArray)
    {
        if (result.Failure!.Attempt is not { Status: { } status, Body.IsEmpty: false } attempt || !IsClientsBusiness(attempt.Outcome.Kind)
            || UpstreamSecrets.AreIn(attempt.Body.Span))
        {
            return WriteAsync(context, face, result, model, asArray);
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.StatusCode = status;
        context.Response.ContentType = attempt.ContentType;
        context.Response.ContentLength = attempt.Body.Length;
        return context.Response.BodyWriter.WriteAsync(attempt.Body, context.RequestAborted).AsTask();
    }

    private static bool IsClientsBusiness(CallOutcomeKind kind) => kind is CallOutcomeKind.RequestRejected or CallOutcomeKind.ModelNotAvailable
        or CallOutcomeKind.UpstreamUnavailable or CallOutcomeKind.UpstreamTimedOut;

    private static ClientError Explain(CallFailure failure, string model) => failure.Denial is { } denial
        ? FailureAnswers.Explain(denial, failure.RetryAfter, model)
        : FailureAnswers.Explain(failure.Attempt!.Value.Outcome, failure.Attempt.Value.Status, failure.RetryAfter, model);
}
