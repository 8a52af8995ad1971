using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace GeminiBalance.FakeGemini;

/// <summary>The Live API: <c>BidiGenerateContent</c> over WebSocket, with its errors as close frames.</summary>
internal sealed class LiveEndpoint(FakeGeminiOptions options, FakeStats stats, FakeKnobs knobs, QuotaBook quotas, RequestLog log, AnswerIds ids, FakeResources resources, TimeProvider time, CancellationToken stopping)
{
    private const string PathStart = "/ws/google.ai.generativelanguage.";
    private readonly HashSet<string> keys = new(options.Keys, StringComparer.Ordinal);
    private readonly ModelCatalog catalog = new(options.ExtraModels);
    private readonly ConcurrentDictionary<string, (string Key, int Turns)> handles = new(StringComparer.Ordinal);

    public static bool Serves(string path) => path.StartsWith(PathStart, StringComparison.Ordinal) && path.Contains(".GenerativeService.Bidi", StringComparison.Ordinal);

    public async Task AnswerAsync(FakeCall call)
    {
        call.Method = "bidiGenerateContent";
        var isConstrained = call.Context.Request.Path.Value!.EndsWith("Constrained", StringComparison.Ordinal);
        var refusal = isConstrained ? CheckToken(call) : Credentials.Check(call, options, keys);
        if (log.IsOn)
        {
            log.Add(call, time.GetUtcNow());
        }

        call.Knob = knobs.Take(call);
        var asked = call.Knob is { CloseCode: null } knob && (knob.Error ?? (knob.Status is { } status ? FakeErrors.KindOf(status) : null)) is { } kind ? FakeErrors.Create(kind, call, knob) : null;
        if (asked is not null || refusal == FakeErrors.TwoCredentials || !call.Context.WebSockets.IsWebSocketRequest)
        {
            var error = asked ?? refusal ?? FakeErrors.Page404;
            call.Context.Response.StatusCode = error.Status;
            call.Context.Response.ContentType = error.IsPage ? "text/html; charset=UTF-8" : "application/json; charset=UTF-8";
            await call.Context.Response.Body.WriteAsync(error.ToBytes(inArray: false), call.Aborted);
            return;
        }

        using var socket = await call.Context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, call.Aborted);
        try
        {
            await new LiveSession(socket, call, handles, ids, stats, end.Token).RunAsync(refusal, Admit);
        }
        catch (WebSocketException)
        {
            call.WasCut = false; // The client is gone without a close frame.
        }
    }

    // Its own words are not on record.
    private FakeError? CheckToken(FakeCall call)
    {
        if (call.Context.Request.Headers.ContainsKey("x-goog-api-key"))
        {
            return FakeErrors.TwoCredentials;
        }

        var token = resources.UseToken(call.Context.Request.Query["access_token"].ToString());
        call.Key = token?.Key ?? "";
        return token is null ? new(401, "UNAUTHENTICATED", "The ephemeral token is unknown, expired or used up.") : null;
    }

    /// <returns>The close frame for a setup that is refused; null when it is taken.</returns>
    private (int Code, string Reason)? Admit(FakeCall call)
    {
        if (call.Knob is { CloseCode: { } code } knob)
        {
            return (code, knob.CloseReason ?? "");
        }

        if (catalog.Find(call.Model) is null && !call.Model.Contains("-live", StringComparison.Ordinal))
        {
            return (1008, $"models/{call.Model} is not found for API version v1beta, or is not supported for bidiGenerateContent.");
        }

        return quotas.Admit(call, 0) is null ? null : (1011, "You exceeded your current quota, please check your plan and billing details. For more information on t");
    }
}
