using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Models;

/// <summary>
/// The models that the pool's keys offer, in one list. Keys may be offered different models, so each reading asks a few keys that have not been
/// asked lately, and a model stays listed until no key has named it for <see cref="Limits.ModelUnseenMax"/>.
/// </summary>
internal sealed class ModelCatalog(AttemptLoop loop, ISettingsSource settings, TimeProvider time) : IDisposable
{
    // Listing spends no quota of a model; its own name keeps it apart in the pool.
    private const string QuotaModel = "models";

    private readonly SemaphoreSlim gate = new(1);
    private readonly OrderedDictionary<string, (ListedModel Model, long Seen)> seen = [];
    private readonly List<KeyId> asked = [];
    private volatile ModelListing listing = ModelListing.Empty;
    private Uri? source;
    private long? read;

    /// <summary>The ids of the models; empty until the list has been read once.</summary>
    public IReadOnlySet<string> Ids => listing.Ids;

    /// <summary>The list, read anew when it is older than <see cref="Limits.ModelListLifetime"/>. An old list is better than none.</summary>
    /// <param name="clientId">Whose call it is.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<ModelListing> GetAsync(string clientId, CancellationToken client)
    {
        var current = settings.Current;
        await gate.WaitAsync(client);
        try
        {
            if (source != current.BaseUrl)
            {
                Forget(current.BaseUrl);
            }

            if (read is not { } last || time.GetElapsedTime(last) >= Limits.ModelListLifetime)
            {
                await ReadAsync(current, clientId, client);
            }

            return listing;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private void Forget(Uri address)
    {
        (source, read, listing) = (address, null, ModelListing.Empty);
        seen.Clear();
        asked.Clear();
    }

    private async ValueTask ReadAsync(GatewaySettings current, string clientId, CancellationToken client)
    {
        CallResult result = default;
        for (var keys = 0; keys < Limits.ModelListKeysPerReading; keys++)
        {
            var next = await ReadOfOneKeyAsync(current, clientId, client);
            if (next is { Attempts: 0, Failure: not null } && asked.Count > 0)
            {
                // Every key has been asked: the next reading begins with the first again.
                asked.Clear();
                if (keys > 0)
                {
                    break;
                }

                next = await ReadOfOneKeyAsync(current, clientId, client);
            }

            if (next.Failure is not null && keys > 0)
            {
                break;
            }

            result = next;
            if (next.Failure is not null)
            {
                // With a list to show, the upstream is not asked again at once.
                read = listing.Models.Count > 0 ? time.GetTimestamp() : null;
                listing = new(listing.Models, result);
                return;
            }
        }

        read = time.GetTimestamp();
        foreach (var gone in seen.Where(entry => time.GetElapsedTime(entry.Value.Seen) > Limits.ModelUnseenMax).Select(entry => entry.Key).ToList())
        {
            seen.Remove(gone);
        }

        listing = new([.. seen.Values.Select(entry => entry.Model)], result);
    }

    private async ValueTask<CallResult> ReadOfOneKeyAsync(GatewaySettings current, string clientId, CancellationToken client)
    {
        string? token = null;
        CallResult result = default;
        for (var i = 0; i < Limits.ModelListPagesReadMax; i++)
        {
            using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
            var call = new UpstreamCall
            {
                Settings = current,
                Method = HttpMethod.Get,
                Address = UpstreamAddress.Of(current.BaseUrl, "models", token is null ? "?pageSize=1000" : $"?pageSize=1000&pageToken={Uri.EscapeDataString(token)}"),
                Model = QuotaModel,
                ClientId = clientId,
                Face = CallFace.ModelList,
                Excluded = asked,
            };
            result = await loop.RunAsync(call, receiver, client);
            if (result.Failure is not null)
            {
                return result;
            }

            var page = ModelPage.Read(receiver.Body);
            foreach (var model in page.Models)
            {
                seen[model.Id] = (model, time.GetTimestamp());
            }

            token = page.NextToken;
            if (token is null)
            {
                break;
            }
        }

        if (asked.Count >= Limits.ModelListKeysRememberedMax)
        {
            asked.Clear();
        }

        asked.Add(result.KeyId!.Value);
        return result;
    }
}
