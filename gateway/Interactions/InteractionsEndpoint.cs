using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Interactions;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Google's Interactions API: made with any key's project, and from then on that one's.</summary>
internal sealed class InteractionsEndpoint(InteractionExchange exchange, InteractionLedger ledger, ISettingsSource settings, ModelNames names)
{
    /// <summary>Makes an interaction, or goes on with one.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var head = InteractionHead.Read(body.Written.Span);
        using var plan = InteractionPlan.Of(head, body.Written, names, current);
        var client = ClientIdentity.Of(context);
        var previous = head.PreviousId is { } id ? await ledger.FindAsync(id, ResourceAccess.Of(client, current), context.RequestAborted) : null;
        var tokens = InteractionTokens.Estimate(plan.Body.Span);
        var query = context.Request.QueryString.Value;
        var call = new UpstreamCall
        {
            Settings = current,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(UpstreamAddress.VersionFor(context.Request.Path, current.BaseUrl), ResourceCollection.Interactions, query),
            Body = plan.Body,
            ContentType = context.Request.ContentType,
            ClientHeaders = context.Request.Headers,
            Model = plan.QuotaModel,
            EstimatedTokens = tokens,
            Affinity = ConversationHash.Of(plan.QuotaModel, plan.Body.Span),
            PrefersKnownKey = ConversationTies.Any(plan.Body.Span, tokens) || HasSignature(plan.Body.Span),
            ClientId = client.ClientId,
            Face = CallFace.Gemini,
            IsStream = head.IsStream || query?.Contains("alt=sse", StringComparison.OrdinalIgnoreCase) == true,
            Pinned = previous?.KeyId,
            PinnedBy = previous?.Name,
            IsAboutResource = NamedResources.Find(plan.Body.Span).Count > 0,
        };
        await exchange.CreateAsync(context, call, head.IsStored, isBackground: head.IsBackground);
    }

    /// <summary>GET and DELETE of one that is kept, and POST to its <c>/cancel</c>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        var method = new HttpMethod(context.Request.Method);
        if (!ResourceName.TryParse($"{ResourceCollection.Interactions}/{context.GetRouteValue("path")}", out var name) || name is not { Root: { } root, Method: null }
            || name.Path != (method == HttpMethod.Post ? $"{root}/cancel" : root))
        {
            await FaceRoutes.NotFoundAsync(context, Face.Interactions);
            return;
        }

        var client = ClientIdentity.Of(context);
        var kept = await ledger.FindAsync(root[(ResourceCollection.Interactions.Length + 1)..], ResourceAccess.Of(client, current), context.RequestAborted);
        using var body = method == HttpMethod.Post && ClientBody.MayCome(context) ? await RequestBody.ReadAsync(context) : null;
        var call = ResourceCalls.Of(current, method, name, context.Request.QueryString.Value, client.ClientId, kept.KeyId) with
        {
            Address = UpstreamAddress.Of(UpstreamAddress.VersionFor(context.Request.Path, current.BaseUrl), name.Path, context.Request.QueryString.Value),
            ClientHeaders = context.Request.Headers,
            Body = body?.Written,
            ContentType = body is null ? null : context.Request.ContentType,
            IsStream = method == HttpMethod.Get && context.Request.Query["stream"] == "true",
        };
        var result = await exchange.RunAsync(context, call);
        if (result.Failure is null ? method == HttpMethod.Delete : result.Failure.Attempt is { Status: StatusCodes.Status404NotFound })
        {
            await ledger.RemoveAsync(kept);
        }
    }

    // What was thought before goes back signed, and is worth most to the key that signed it.
    private static bool HasSignature(ReadOnlySpan<byte> body) => body.IndexOf("\"signature\""u8) >= 0 || body.IndexOf("\"continuation_token\""u8) >= 0;
}
