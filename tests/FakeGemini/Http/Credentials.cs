namespace GeminiBalance.FakeGemini;

/// <summary>Finds the one credential of a request, as the real front end does.</summary>
internal static class Credentials
{
    /// <summary>Sets <see cref="FakeCall.Key"/>; returns the error to give, or null.</summary>
    public static FakeError? Check(FakeCall call, FakeGeminiOptions options, HashSet<string> keys)
    {
        var request = call.Context.Request;
        string? header = request.Headers["x-goog-api-key"];
        string? query = request.QueryString.HasValue ? (string?)request.Query["key"] : null;
        string? authorization = request.Headers.Authorization;
        var bearer = authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization[7..].Trim() : null;
        var given = (string.IsNullOrEmpty(header) ? 0 : 1) + (string.IsNullOrEmpty(query) ? 0 : 1) + (string.IsNullOrEmpty(authorization) ? 0 : 1);
        if (given > 1)
        {
            return FakeErrors.TwoCredentials;
        }

        // A bearer is an OAuth token on native paths, where an API key in its place is refused.
        if (authorization is { Length: > 0 } && (bearer is null || !call.IsCompatible))
        {
            return FakeErrors.Create(FakeErrorKind.AccessTokenTypeUnsupported, call);
        }

        call.Key = !string.IsNullOrEmpty(header) ? header : !string.IsNullOrEmpty(query) ? query : bearer ?? "";
        if (call.Key.Length == 0)
        {
            return FakeErrors.Create(FakeErrorKind.UnregisteredCaller, call);
        }

        return options.AcceptAnyKey || keys.Contains(call.Key) ? null : FakeErrors.Create(FakeErrorKind.ApiKeyInvalid, call);
    }
}
