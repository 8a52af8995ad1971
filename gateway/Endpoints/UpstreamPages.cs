using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Gets single models of the upstream through the pool and keeps them for <see cref="Limits.ModelListLifetime"/>.</summary>
internal sealed class UpstreamPages(AttemptLoop loop, ISettingsSource settings, TimeProvider time) : IDisposable
{
    // Listing spends no quota of a model; its own name keeps it apart in the pool.
    private const string QuotaModel = "models";

    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<Uri, (UpstreamPage Page, long Timestamp)> kept = [];

    /// <param name="path">The path below the version, without a slash in front.</param>
    /// <param name="query">The client's query, credentials included; they are dropped.</param>
    /// <param name="clientId">Whose call it is.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<UpstreamPage> GetAsync(string path, string? query, string clientId, CancellationToken client)
    {
        var current = settings.Current;
        var address = UpstreamAddress.Of(current.BaseUrl, path, query);
        await gate.WaitAsync(client);
        try
        {
            if (kept.TryGetValue(address, out var known) && time.GetElapsedTime(known.Timestamp) < Limits.ModelListLifetime)
            {
                return known.Page;
            }

            return await FetchAsync(current, address, clientId, client);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async ValueTask<UpstreamPage> FetchAsync(GatewaySettings current, Uri address, string clientId, CancellationToken client)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var call = new UpstreamCall
        {
            Settings = current, Method = HttpMethod.Get, Address = address, Model = QuotaModel, ClientId = clientId, Face = CallFace.ModelList,
        };
        var result = await loop.RunAsync(call, receiver, client);
        if (result.Failure is not null)
        {
            return new([], null, result);
        }

        var page = new UpstreamPage(receiver.Body.ToArray(), receiver.ContentType, result);
        if (kept.Count >= Limits.ModelListPagesMax)
        {
            kept.Clear();
        }

        kept[address] = (page, time.GetTimestamp());
        return page;
    }
}
