using System.Net.Http.Json;
using System.Text.Json;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Cluster;

/// <summary>The admin API of one gateway.</summary>
internal sealed class AdminClient : IDisposable
{
    private const int KeysPerBatch = 10_000;
    private const int KeysPerPage = 500;

    /// <summary>So short that a slice has fewer rows than one answer counts.</summary>
    private static readonly TimeSpan LogSlice = TimeSpan.FromSeconds(20);

    private readonly HttpClient client;

    public AdminClient(Uri gateway)
    {
        client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Servers.AdminToken);
    }

    public void Dispose() => client.Dispose();

    /// <summary>Adds the first keys of <see cref="FakeUpstream.Key"/>.</summary>
    public async Task AddKeysAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var batch in Enumerable.Range(0, count).Chunk(KeysPerBatch))
        {
            using var answer = await client.PostAsJsonAsync("/api/keys", new { keys = batch.Select(FakeUpstream.Key) }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>How many keys the gateway knows.</summary>
    public async Task<int> CountKeysAsync(CancellationToken cancellationToken)
    {
        using var page = await ReadPageAsync(1, limit: 1, cancellationToken);
        return page.RootElement.GetProperty("total_items").GetInt32();
    }

    public async Task<IReadOnlyList<ListedKey>> ListKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<ListedKey>();
        for (var number = 1; ; number++)
        {
            using var page = await ReadPageAsync(number, KeysPerPage, cancellationToken);
            keys.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(Read));
            if (number >= page.RootElement.GetProperty("total_pages").GetInt32())
            {
                return keys;
            }
        }
    }

    public async Task DisableAsync(string keyId, string reason, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync($"/api/keys/{keyId}/disable", new { reason }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Its counters at <c>/api/cluster</c>.</summary>
    public async Task<GatewayCounters> ReadCountersAsync(CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await client.GetStringAsync("/api/cluster", cancellationToken));
        var pool = answer.RootElement.GetProperty("pool");
        var calls = answer.RootElement.GetProperty("grain_calls").EnumerateObject().Sum(method => method.Value.GetInt64());
        return new GatewayCounters(pool.GetProperty("grants").GetInt64(), pool.GetProperty("asks").GetInt64(), calls);
    }

    /// <summary>How many rows of the request log tell of calls that succeeded.</summary>
    /// <param name="from">The first moment that counts.</param>
    /// <param name="until">The first that counts no more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<long> CountLoggedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        long rows = 0;
        for (var start = from; start < until; start += LogSlice)
        {
            var end = start + LogSlice < until ? start + LogSlice : until;
            using var page = JsonDocument.Parse(await client.GetStringAsync(
                $"/api/logs/requests?limit=1&outcome=succeeded&from={start.UtcDateTime:O}&until={end.UtcDateTime:O}", cancellationToken));
            rows += page.RootElement.GetProperty("total").GetInt64();
        }

        return rows;
    }

    private static ListedKey Read(JsonElement key) => new(
        key.GetProperty("id").GetString()!,
        key.GetProperty("state").GetString()!,
        key.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
        key.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("spent_today").GetInt64()));

    private async Task<JsonDocument> ReadPageAsync(int number, int limit, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await client.GetStringAsync($"/api/keys?page={number}&limit={limit}", cancellationToken));
}
