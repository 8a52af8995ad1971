using System.Globalization;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>How a client is told that its session could not begin: its socket is open, so a close frame must say it. Pure.</summary>
internal static class LiveFailures
{
    public static LiveClose Explain(CallFailure failure, LiveClose? refusal, string model, bool areKeysFull)
    {
        if (failure.Denial == LeaseDenialReason.AllTried && areKeysFull)
        {
            return new(LiveClose.TryAgainLater, "Every API key has as many Live sessions as LIVE_SESSIONS_PER_KEY allows.");
        }

        if (refusal is { } said && failure.Attempt?.Outcome.Fault == CallFault.SetupRefused)
        {
            // "API key not valid" is our affair: the client has no such key.
            return said.Reason.Contains("API key", StringComparison.OrdinalIgnoreCase)
                ? new(LiveClose.Internal, FailureAnswers.Explain(new CallOutcome(CallOutcomeKind.KeyRejected)).Google.Message)
                : said;
        }

        var error = CallFailureAnswer.Explain(failure, model);
        var wait = error.RetryAfter is { } after ? string.Create(CultureInfo.InvariantCulture, $" Retry in {Math.Max(1, Math.Ceiling(after.TotalSeconds))} s.") : "";
        return new(CodeOf(error.Google.HttpStatus, failure.Denial is not null), error.Google.Message + wait);
    }

    /// <summary>For what the gateway refuses by itself.</summary>
    public static LiveClose Explain(ClientError error) => new(CodeOf(error.Google.HttpStatus, isDenial: true), error.Google.Message);

    private static int CodeOf(int status, bool isDenial) => status switch
    {
        StatusCodes.Status429TooManyRequests => LiveClose.TryAgainLater,
        StatusCodes.Status503ServiceUnavailable when isDenial => LiveClose.TryAgainLater,
        >= 500 => LiveClose.Internal,
        StatusCodes.Status400BadRequest => LiveClose.InvalidPayload,
        _ => LiveClose.Policy,
    };
}
