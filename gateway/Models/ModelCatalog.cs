using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Models;

/// <summary>The models that the pool's keys offer, in one list. All who want it anew share one reading, which goes on when they leave.</summary>
internal sealed class ModelCatalog(AttemptLoop loop, ISettingsSource settings, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private volatile ModelReader? reader;
    private Task? reading;

    /// <summary>The ids of the models; empty until the list has been read once.</summary>
    public IReadOnlySet<string> Ids => (reader?.Listing ?? ModelListing.Empty).Ids;

    /// <summary>
    /// The list, read anew when it is older than <see cref="Limits.ModelListLifetime"/>. An old list is better than none, and than a wait for more than
    /// <see cref="Limits.ModelListPatience"/>.
    /// </summary>
    /// <param name="clientId">Whose call a reading is that begins with it.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<ModelListing> GetAsync(string clientId, CancellationToken client)
    {
        if (reader is { IsDue: false } fresh && fresh.Address == settings.Current.BaseUrl)
        {
            return fresh.Listing;
        }

        using var limit = new CancellationTokenSource(Limits.ModelListPatience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(client, limit.Token);
        var (asked, anew) = Read(clientId);
        try
        {
            await anew.WaitAsync(asked.Listing.Models.Count > 0 ? patience.Token : client);
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested && asked.Listing.Models.Count > 0)
        {
            // It takes long: the next one gets the new list.
        }

        return asked.Listing;
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private (ModelReader Reader, Task Reading) Read(string clientId)
    {
        var current = settings.Current;
        lock (gate)
        {
            if (reader is not { } known || known.Address != current.BaseUrl)
            {
                (reader, reading) = (known = new ModelReader(loop, time, current.BaseUrl), null);
            }

            if (reading is null or { IsCompleted: true })
            {
                var token = ended.Token;
                reading = known.IsDue ? Task.Run(() => known.ReadAsync(current, clientId, token), token) : Task.CompletedTask;
            }

            return (known, reading);
        }
    }
}
