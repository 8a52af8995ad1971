namespace GeminiBalance.KeyPool;

/// <summary>
/// Says who is to blame for an upstream error. Decides on <c>error.details</c>, then on <c>error.status</c> and the HTTP status; never on message texts.
/// Pure; takes any bytes.
/// </summary>
public static class UpstreamErrorClassifier
{
    /// <summary>No limit per minute makes anyone wait this long: the day is meant (seen: <c>86400s</c>).</summary>
    private static readonly TimeSpan DailyRetryDelayMin = TimeSpan.FromHours(1);

    /// <param name="status">The HTTP status. With a 2xx one (errors inside a stream), the body's <c>error.code</c> takes its place.</param>
    /// <param name="body">The body: an error object, one wrapped in an array, a page, half of anything, or nothing.</param>
    /// <param name="retryAfter">What the header of this name says; the body's own word comes first.</param>
    public static CallOutcome Classify(int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter = null)
    {
        var error = UpstreamError.TryRead(body);
        var isSuccess = status is >= 200 and <= 299;
        if (isSuccess && error is null)
        {
            return new CallOutcome(CallOutcomeKind.Succeeded);
        }

        error?.Suggest(retryAfter);
        var effective = isSuccess ? error?.Code ?? UpstreamCodes.StatusWithin(error?.CodeName) ?? 0 : status;
        if (effective is >= 200 and <= 299)
        {
            effective = 0;
        }

        return ByReason(effective, error) ?? (effective == 429 || IsQuotaReason(error?.Reason) ? ByQuota(effective, error) : ByStatus(effective, error));
    }

    /// <summary>Whose quota an error speaks of; null when it says nothing of that.</summary>
    public static QuotaConsumer? ReadConsumer(ReadOnlySpan<byte> body)
    {
        var error = UpstreamError.TryRead(body);
        var quota = error is { Violations: [var first, ..] } && first.QuotaId.Length > 0 ? first.QuotaId : null;
        return error?.Project is null && quota is null ? null : new QuotaConsumer(error!.Project, quota);
    }

    private static bool IsQuotaReason(string? reason) => reason is "RATE_LIMIT_EXCEEDED" or "RESOURCE_QUOTA_EXCEEDED";

    // Reasons: google/api/error_reason.proto. A reason that is not listed leaves the decision to the status.
    private static CallOutcome? ByReason(int status, UpstreamError? error)
    {
        CallOutcomeKind? kind = error?.Reason switch
        {
            "API_KEY_INVALID" or "API_KEY_EXPIRED" or "ACCESS_TOKEN_TYPE_UNSUPPORTED" or "ACCESS_TOKEN_EXPIRED" or "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
                or "ACCOUNT_STATE_INVALID" or "SERVICE_DISABLED" or "API_KEY_SERVICE_BLOCKED" or "API_KEY_HTTP_REFERRER_BLOCKED"
                or "API_KEY_IP_ADDRESS_BLOCKED" or "API_KEY_ANDROID_APP_BLOCKED" or "API_KEY_IOS_APP_BLOCKED" or "CONSUMER_INVALID"
                or "RESOURCE_PROJECT_INVALID" or "USER_PROJECT_DENIED" or "USER_BLOCKED_BY_ADMIN" => CallOutcomeKind.KeyRejected,
            "CONSUMER_SUSPENDED" or "BILLING_DISABLED" => CallOutcomeKind.KeySuspended,
            "LOCATION_POLICY_VIOLATED" => CallOutcomeKind.EgressRefused,
            _ => null,
        };
        return kind is { } known
            ? Outcome(known, status, error, error!.Reason) with { IsConclusive = known is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended }
            : null;
    }

    private static CallOutcome ByQuota(int status, UpstreamError? error)
    {
        var violations = error?.Violations ?? [];
        var decisive = violations.OrderByDescending(Severity).FirstOrDefault();
        var kind = Severity(decisive) switch
        {
            2 => CallOutcomeKind.ModelNotAvailable,
            1 => CallOutcomeKind.KeyDayExhausted,
            _ => error?.RetryDelay >= DailyRetryDelayMin ? CallOutcomeKind.KeyDayExhausted : CallOutcomeKind.KeyRateLimited,
        };
        var learned = violations
            .Where(violation => violation.Value is not null && violation.Kind is not null)
            .Select(violation => new LearnedLimit(violation.Kind!.Value, violation.Value!.Value, violation.QuotaId))
            .ToArray();
        return Outcome(kind, status, error, string.IsNullOrEmpty(decisive.QuotaId) ? error?.Reason ?? error?.Status ?? error?.CodeName : decisive.QuotaId) with
        {
            LearnedLimits = learned.Length == 0 ? null : learned,
        };
    }

    // A quota of zero outlasts a day, and a day outlasts a minute: of several violations the longest decides.
    private static int Severity(QuotaViolation violation) => violation.Value == 0 ? 2 : violation.IsPerDay ? 1 : 0;

    private static CallOutcome ByStatus(int status, UpstreamError? error)
    {
        var kind = status switch
        {
            400 when UpstreamCodes.StatusOf(error?.CodeName) == 401 => CallOutcomeKind.KeyRejected,
            400 when error?.Status == "FAILED_PRECONDITION" => CallOutcomeKind.EgressRefused,
            401 or 403 => CallOutcomeKind.KeyRejected,
            402 => CallOutcomeKind.KeySuspended,
            // Without an error object it is the front end's page for a wrong path, the same for every key.
            404 when error?.Status == "NOT_FOUND" || UpstreamCodes.IsNotFound(error?.CodeName) => CallOutcomeKind.ModelNotAvailable,
            408 or 504 => CallOutcomeKind.UpstreamTimedOut,
            499 or 0 => CallOutcomeKind.UpstreamBroken,
            501 => CallOutcomeKind.RequestRejected,
            >= 400 and <= 499 => CallOutcomeKind.RequestRejected,
            _ => CallOutcomeKind.UpstreamUnavailable,
        };
        return Outcome(kind, status, error, error?.Reason ?? error?.Status ?? error?.CodeName) with { IsConclusive = kind == CallOutcomeKind.KeySuspended };
    }

    private static CallOutcome Outcome(CallOutcomeKind kind, int status, UpstreamError? error, string? name) => new(kind)
    {
        RetryDelay = error?.RetryDelay,
        Detail = name is null ? $"{status}" : $"{status} {name}",
    };
}
