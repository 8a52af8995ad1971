using System.Net.WebSockets;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Live;

/// <summary>The Live API: a client's WebSocket, its first message, and then a key for as long as the session lasts.</summary>
internal sealed class LiveEndpoint(AttemptLoop loop, LiveSessions sessions, LiveServices services, ISettingsSource settings)
{
    private static readonly ClientError NoUpgrade = new(
        StatusCodes.Status426UpgradeRequired, "FAILED_PRECONDITION", "invalid_request_error", "upgrade_required", "This path takes WebSocket connections only.");

    private static readonly ClientError Full = new(
        StatusCodes.Status429TooManyRequests, "RESOURCE_EXHAUSTED", "requests", "too_many_sessions", "The gateway has as many Live sessions as it may.")
    {
        RetryAfter = TimeSpan.FromSeconds(30),
    };

    private static readonly ClientError Stopping = new(
        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "server_error", "stopping", "The gateway is stopping. Connect again.");

    /// <param name="context">The client's request.</param>
    /// <param name="path">The upstream's path for it, such as <c>ws/google…BidiGenerateContent</c>.</param>
    /// <param name="token">What the client showed in place of an access token; null when it has one.</param>
    public async Task HandleAsync(HttpContext context, string path, LiveToken? token = null)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await ErrorAnswers.WriteAsync(context, Face.Google, NoUpgrade);
            return;
        }

        if (services.Drain.Began.IsCancellationRequested)
        {
            await ErrorAnswers.WriteAsync(context, Face.Google, Stopping);
            return;
        }

        if (!sessions.TryOpen())
        {
            services.Metrics.Refused();
            await ErrorAnswers.WriteAsync(context, Face.Google, Full);
            return;
        }

        try
        {
            using var client = new LivePeer(await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = Limits.LivePingInterval }));
            await ServeAsync(context, path, client, token);
        }
        finally
        {
            sessions.Close();
        }
    }

    private async Task ServeAsync(HttpContext context, string path, LivePeer client, LiveToken? token)
    {
        using var setup = new PooledBuffer(Limits.LiveChunkBytes, Limits.LiveMessageBytesMax);
        var frame = await FirstAsync(context, client, setup);
        if (frame.Kind != LiveFrameKind.Message)
        {
            await EndAsync(client, frame.Kind == LiveFrameKind.Closed ? frame.Close : new LiveClose(LiveClose.Policy, "The first message did not come in time, or is too large."));
            return;
        }

        var current = settings.Current;
        if (LiveSetup.Read(setup.Written.Span) is not { } read || (token?.Model ?? read.Model) is not { } model)
        {
            services.Metrics.Refused();
            await EndAsync(client, new LiveClose(LiveClose.InvalidPayload, "The first message must be a 'setup' that names a model."));
            return;
        }

        if (current.FilteredModels.Contains(model))
        {
            services.Metrics.Refused();
            await EndAsync(client, new LiveClose(LiveClose.Policy, ClientError.ModelNotFound(model).Google.Message));
            return;
        }

        var call = await BuildAsync(context, path, current, read with { Model = model }, setup.Written);
        call = token is null ? call : call with { Credential = CredentialForm.Token, Token = token.Upstream, Pinned = token.KeyId };
        if (await RunAsync(context, client, call, setup.Written, frame.Type) is { } refusal)
        {
            services.Metrics.Refused();
            await EndAsync(client, refusal);
        }
    }

    /// <returns>Why no session began; null when there was one.</returns>
    private async ValueTask<LiveClose?> RunAsync(HttpContext context, LivePeer client, UpstreamCall call, ReadOnlyMemory<byte> setup, WebSocketMessageType type)
    {
        var receiver = new LiveReceiver(client, setup, type, call, services);
        try
        {
            var result = await loop.RunAsync(call, receiver, context.RequestAborted);
            return result.Failure is { } failure && !receiver.HasCommitted ? LiveFailures.Explain(failure, receiver.Refusal, call.Model, sessions.Full.Count > 0) : null;
        }
        catch (ClientErrorException exception) when (!receiver.HasCommitted)
        {
            return LiveFailures.Explain(exception.Error);
        }
    }

    private async ValueTask<LiveFrame> FirstAsync(HttpContext context, LivePeer client, PooledBuffer into)
    {
        using var limit = new CancellationTokenSource(Limits.LiveSetupTimeOut, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        return await client.ReceiveAsync(into, both.Token);
    }

    private async ValueTask<UpstreamCall> BuildAsync(HttpContext context, string path, GatewaySettings current, LiveSetup setup, ReadOnlyMemory<byte> message) => new()
    {
        Settings = current with { TimeOut = current.TimeOut < Limits.LiveSetupTimeOut ? current.TimeOut : Limits.LiveSetupTimeOut },
        Method = HttpMethod.Get,
        Address = UpstreamAddress.OfLive(current.BaseUrl, path, context.Request.QueryString.Value),
        ClientHeaders = context.Request.Headers,
        IsUpgrade = true,
        Model = setup.Model!,
        EstimatedTokens = PromptTokenEstimator.Estimate(message.Span),
        ClientId = ClientIdentity.Of(context).ClientId,
        Face = CallFace.Live,
        IsStream = true,
        Admission = sessions,
        Pinned = setup.Handle is { } handle ? await services.Handles.FindAsync(handle, context.RequestAborted) : null,
    };

    /// <summary>Says the last word and hears the client's.</summary>
    private async ValueTask EndAsync(LivePeer client, LiveClose close)
    {
        using var limit = new CancellationTokenSource(Limits.LiveCloseTimeOut, services.Time);
        await client.CloseAsync(close, limit.Token);
        LiveFrame frame;
        do
        {
            using var rest = new PooledBuffer(Limits.LiveChunkBytes, Limits.LiveMessageBytesMax);
            frame = await client.ReceiveAsync(rest, limit.Token);
        }
        while (frame.Kind == LiveFrameKind.Message);
    }
}
