using System.Text;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

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
        if (result.Failure!.Attempt is not { Status: { } status, Body.IsEmpty: false } attempt || !IsClientsBusiness(attempt.Outcome.Kind, status)
            || HoldsSecret(attempt.Body))
        {
            return WriteAsync(context, face, result, model, asArray);
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.StatusCode = status;
        context.Response.ContentType = attempt.ContentType;
        context.Response.ContentLength = attempt.Body.Length;
        return context.Response.BodyWriter.WriteAsync(attempt.Body, context.RequestAborted).AsTask();
    }

    private static bool HoldsSecret(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        return SecretRedactor.Redact(text) != text;
    }

    // A model that our keys have no quota for comes as 429, with a wait that brings nothing.
    private static bool IsClientsBusiness(CallOutcomeKind kind, int status) =>
        kind is CallOutcomeKind.RequestRejected or CallOutcomeKind.UpstreamUnavailable or CallOutcomeKind.UpstreamTimedOut
        || (kind == CallOutcomeKind.ModelNotAvailable && status == StatusCodes.Status404NotFound);

    /// <summary>What the client is told, redacted.</summary>
    public static ClientError Explain(CallFailure failure, string model)
    {
        if (failure.Denial is { } denial)
        {
            return FailureAnswers.Explain(denial, failure.Needs, failure.RetryAfter, model);
        }

        var attempt = failure.Attempt!.Value;
        return attempt.Status is { } status && IsClientsBusiness(attempt.Outcome.Kind, status)
            ? ClientError.FromUpstream(status, GeminiAnswerReader.ReadError(attempt.Body.Span))
            : FailureAnswers.Explain(attempt.Outcome, attempt.Status, failure.RetryAfter, model);
    }
}
