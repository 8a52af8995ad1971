using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Models;

/// <summary>
/// Reads one upstream's list of models. Keys may be offered different models, so each reading asks a few keys that have not been
/// asked lately, and a model stays listed until no key has named it for <see cref="Limits.ModelUnseenMax"/>. One reading at a time.
/// </summary>
internal sealed class ModelReader(AttemptLoop loop, TimeProvider time, Uri address)
{
    // Listing spends no quota of a model; its own name keeps it apart in the pool.
    private const string QuotaModel = "models";

    private readonly OrderedDictionary<string, (ListedModel Model, long Seen)> seen = [];
    private readonly List<KeyId> asked = [];
    private volatile Outcome last = new(ModelListing.Empty, null);

    public Uri Address => address;

    /// <summary>What the last reading has found.</summary>
    public ModelListing Listing => last.Listing;

    /// <summary>Whether it is time to read again.</summary>
    public bool IsDue => last.Read is not { } read || time.GetElapsedTime(read) >= Limits.ModelListLifetime;

    public async Task ReadAsync(GatewaySettings current, string clientId, CancellationToken cancellationToken)
    {
        CallResult result = default;
        for (var keys = 0; keys < Limits.ModelListKeysPerReading; keys++)
        {
            var next = await ReadOfOneKeyAsync(current, clientId, cancellationToken);
            if (next is { Attempts: 0, Failure: not null } && asked.Count > 0)
            {
                // Every key has been asked: the next reading begins with the first again.
                asked.Clear();
                if (keys > 0)
                {
                    break;
                }

                next = await ReadOfOneKeyAsync(current, clientId, cancellationToken);
            }

            if (next.Failure is not null && keys > 0)
            {
                break;
            }

            result = next;
            if (next.Failure is not null)
            {
                // With a list to show, the upstream is not asked again at once.
                last = new(new(Listing.Models, result), Listing.Models.Count > 0 ? time.GetTimestamp() : null);
                return;
            }
        }

        foreach (var gone in seen.Where(entry => time.GetElapsedTime(entry.Value.Seen) > Limits.ModelUnseenMax).Select(entry => entry.Key).ToList())
        {
            seen.Remove(gone);
        }

        last = new(new([.. seen.Values.Select(entry => entry.Model)], result), time.GetTimestamp());
    }

    private async ValueTask<CallResult> ReadOfOneKeyAsync(GatewaySettings current, string clientId, CancellationToken cancellationToken)
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
            result = await loop.RunAsync(call, receiver, cancellationToken);
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

    private sealed record Outcome(ModelListing Listing, long? Read);
}
