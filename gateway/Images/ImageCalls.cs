using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>Sends the upstream calls of a request for pictures, some at a time, each with a lease and retries of its own.</summary>
internal sealed class ImageCalls(AttemptLoop loop)
{
    /// <param name="calls">At least one.</param>
    /// <param name="model">The upstream's model.</param>
    /// <param name="settings">The settings of the request.</param>
    /// <param name="clientId">Whose request it is.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async Task<ImageCallsResult> RunAsync(
        IReadOnlyList<TranslatedImageCall> calls, string model, GatewaySettings settings, string clientId, CancellationToken client)
    {
        var harvests = new ImageHarvest?[calls.Count];
        var results = new CallResult[calls.Count];
        var hasFailed = false;
        await Parallel.ForAsync(0, calls.Count, new ParallelOptions { MaxDegreeOfParallelism = ImageLimits.CallsAtOnce }, async (i, _) =>
        {
            // The others are the same call: what failed for good once is not asked again.
            if (!Volatile.Read(ref hasFailed))
            {
                (results[i], harvests[i]) = await SendAsync(calls[i], model, settings, clientId, client);
                Volatile.Write(ref hasFailed, hasFailed || results[i].Failure is not null);
            }
        });
        var failed = Array.Find(results, result => result.Failure is not null);
        var key = failed.KeyId ?? Array.FindLast(results, result => result.KeyId is not null).KeyId;
        return new([.. harvests.OfType<ImageHarvest>()], new CallResult(results.Sum(result => result.Attempts), key, failed.Failure));
    }

    private async Task<(CallResult Result, ImageHarvest? Harvest)> SendAsync(
        TranslatedImageCall call, string model, GatewaySettings settings, string clientId, CancellationToken client)
    {
        using var body = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        call.WriteTo(body);
        var upstream = new UpstreamCall
        {
            Settings = settings,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(settings.BaseUrl, $"models/{model}:{(call.IsPrediction ? "predict" : "generateContent")}"),
            Body = body.Written,
            ContentType = "application/json",
            Model = model,
            EstimatedTokens = PromptTokenEstimator.Estimate(body.Written.Span),
            ClientId = clientId,
            Face = CallFace.OpenAI,
            Draws = true,
        };
        var receiver = new ImageReceiver(call.IsPrediction);
        var result = await loop.RunAsync(upstream, receiver, client);
        return (result, result.Failure is null ? receiver.Harvest : null);
    }
}
