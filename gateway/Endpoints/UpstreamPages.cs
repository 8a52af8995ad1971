using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>
/// Gets single models of the upstream through the pool and keeps them for <see cref="Limits.ModelListLifetime"/>. All who want the same one share the call,
/// which goes on when they leave.
/// </summary>
internal sealed class UpstreamPages(AttemptLoop loop, ISettingsSource settings, TimeProvider time) : IDisposable
{
    // Listing spends no quota of a model; its own name keeps it apart in the pool.
    private const string QuotaModel = "models";

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Dictionary<Uri, (Task<UpstreamPage> Page, long Timestamp)> kept = [];

    /// <param name="path">The path below the version, without a slash in front.</param>
    /// <param name="query">The client's query, credentials included; they are dropped. With any other parameter nothing is kept: clients may invent them.</param>
    /// <param name="clientId">Whose call it is.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public Task<UpstreamPage> GetAsync(string path, string? query, string clientId, CancellationToken client)
    {
        var current = settings.Current;
        var address = UpstreamAddress.Of(current.BaseUrl, path, query);
        return address.Query.Length > 0 ? FetchAsync(current, address, clientId, client) : GetSharedAsync(current, address, clientId).WaitAsync(client);
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private Task<UpstreamPage> GetSharedAsync(GatewaySettings current, Uri address, string clientId)
    {
        lock (gate)
        {
            if (kept.TryGetValue(address, out var known) && IsUseful(known.Page) && time.GetElapsedTime(known.Timestamp) < Limits.ModelListLifetime)
            {
                return known.Page;
            }

            kept.Remove(address);
            if (kept.Count >= Limits.ModelListPagesMax)
            {
                kept.Remove(kept.MinBy(page => (IsUseful(page.Value.Page), page.Value.Timestamp)).Key);
            }

            var token = ended.Token;
            var page = Task.Run(() => FetchAsync(current, address, clientId, token), token);
            kept.Add(address, (page, time.GetTimestamp()));
            return page;
        }
    }

    /// <summary>Whether it is under way, or has not failed.</summary>
    private static bool IsUseful(Task<UpstreamPage> page) => !page.IsCompleted || (page.IsCompletedSuccessfully && page.Result.Result.Failure is null);

    private async Task<UpstreamPage> FetchAsync(GatewaySettings current, Uri address, string clientId, CancellationToken cancellationToken)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var call = new UpstreamCall
        {
            Settings = current, Method = HttpMethod.Get, Address = address, Model = QuotaModel, ClientId = clientId, Face = CallFace.ModelList,
        };
        var result = await loop.RunAsync(call, receiver, cancellationToken);
        return result.Failure is not null ? new([], null, result) : new(receiver.Body.ToArray(), receiver.ContentType, result);
    }
}
