using System.Diagnostics;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>What a client is told of a failure: the true status, and never that <em>its</em> credential is wrong when ours is. Pure.</summary>
internal static class FailureAnswers
{
    // What is told when the pool knows no time: long enough not to be a busy loop.
    private static readonly TimeSpan UnknownWait = TimeSpan.FromSeconds(5);

    public static ClientError Explain(LeaseDenialReason denial, KeyRequirement needs, TimeSpan? retryAfter, string model) => denial switch
    {
        LeaseDenialReason.NoKeys when !needs.IsNone => Unavailable(
            "no_api_keys", $"No API key for this call ({needs}) is usable: each is rejected, suspended or switched off. The gateway's operator finds why in GET /api/keys."),
        LeaseDenialReason.NoKeys => Unavailable("no_api_keys", "The gateway has no usable API key. Its operator can add keys (API_KEYS or the administration)."),
        LeaseDenialReason.NoMatchingKey => Unavailable(
            "no_api_keys", "The gateway has no API key of the kind or with the tags that this call needs. Its operator can add one (PAID_KEY, VERTEX_API_KEYS or the administration)."),
        LeaseDenialReason.AllTried => Unavailable("no_api_keys", "Every API key of the gateway has failed this call."),
        LeaseDenialReason.ModelNotAvailable => ClientError.NoQuotaForModel(model),
        LeaseDenialReason.RateLimited => Limited("rate_limit_exceeded", "Every API key has spent its quota for this minute.", retryAfter),
        LeaseDenialReason.DayExhausted => Limited("insufficient_quota", "Every API key has spent its quota for this day.", retryAfter),
        LeaseDenialReason.QueueFull => Limited("rate_limit_exceeded", "Too many requests wait for an API key.", retryAfter),
        LeaseDenialReason.PinnedKeyUnavailable => Unavailable("no_api_keys", "The API key that owns this resource is gone or switched off."),
        LeaseDenialReason.EgressLimited => Limited("rate_limit_exceeded", "The upstream refuses calls from this address for now.", retryAfter),
        LeaseDenialReason.StoreUnavailable => Unavailable("service_unavailable", "The gateway cannot record its use of API keys for now.") with
        {
            RetryAfter = retryAfter ?? UnknownWait,
        },
        _ => throw new UnreachableException($"Unknown denial {denial}."),
    };

    /// <summary>A failure without regard to the model.</summary>
    public static ClientError Explain(in CallOutcome outcome) => Explain(outcome, upstreamStatus: null, outcome.RetryDelay, model: "");

    public static ClientError Explain(in CallOutcome outcome, int? upstreamStatus, TimeSpan? retryAfter, string model) => outcome.Kind switch
    {
        CallOutcomeKind.RequestRejected => new(
            upstreamStatus ?? StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", "invalid_request_error", null, "The upstream rejects this request."),
        CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended => Unavailable(
            "no_api_keys", "The upstream accepts none of the API keys that were tried. The gateway's operator has to look at its keys."),
        CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted => Limited(
            "rate_limit_exceeded", "The API keys that were tried have spent their quota.", retryAfter),
        CallOutcomeKind.ModelNotAvailable when upstreamStatus == StatusCodes.Status429TooManyRequests => ClientError.NoQuotaForModel(model),
        CallOutcomeKind.ModelNotAvailable => ClientError.ModelNotFound(model),
        CallOutcomeKind.UpstreamUnavailable => new(
            upstreamStatus is >= 500 and var status ? status : StatusCodes.Status502BadGateway,
            upstreamStatus == 500 ? "INTERNAL" : "UNAVAILABLE",
            "server_error",
            "upstream_unavailable",
            "The upstream is not available."),
        CallOutcomeKind.UpstreamTimedOut => new(
            StatusCodes.Status504GatewayTimeout, "DEADLINE_EXCEEDED", "server_error", "upstream_timeout", "The upstream gave no answer in time."),
        CallOutcomeKind.UpstreamBroken when outcome.Fault == CallFault.MalformedCall => new(
            StatusCodes.Status502BadGateway,
            "UNAVAILABLE",
            "server_error",
            "malformed_function_call",
            "The model wrote a function call that cannot be read (MALFORMED_FUNCTION_CALL), at each attempt. Fewer functions or simpler parameters may help."),
        CallOutcomeKind.UpstreamBroken => new(
            StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_interrupted", "The upstream's answer was empty or broke off."),
        CallOutcomeKind.EgressRefused => Unavailable("egress_refused", "The upstream refuses calls from the gateway's address or location."),
        CallOutcomeKind.NotSent when outcome.Fault == CallFault.NoProxy => Unavailable(
            "proxies_unavailable", "None of the gateway's proxies works. Its operator has to look at PROXIES."),
        CallOutcomeKind.NotSent => new(
            StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_unreachable", "No connection to the upstream could be made."),
        CallOutcomeKind.ClientLeft => new(499, "CANCELLED", "invalid_request_error", "client_closed_request", "The client closed the request."),
        CallOutcomeKind.Succeeded => throw new UnreachableException("A success is not explained."),
        _ => throw new UnreachableException($"Unknown outcome {outcome.Kind}."),
    };

    private static ClientError Unavailable(string code, string message) =>
        new(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "server_error", code, message);

    private static ClientError Limited(string code, string message, TimeSpan? retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "RESOURCE_EXHAUSTED", code == "insufficient_quota" ? code : "requests", code, message)
        {
            RetryAfter = retryAfter ?? UnknownWait,
        };
}
